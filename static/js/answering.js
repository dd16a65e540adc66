// Answers are sent as they are given, one at a time and in order. What cannot be
// sent stays on the page and is sent later. Without this file the page works by
// its ordinary form.
"use strict";

const WORDS = {
  saving: "Saving…",
  kept: "Not connected. Kept on this page, will be sent",
  clash: "Not saved: changed in another tab",
};
const TYPING_PAUSE = 1200;
const TRY_AGAIN = [2000, 4000, 8000, 15000, 30000];

function startSaving(form) {
  const queue = [];
  let isSending = false;
  let failures = 0;
  let retryTimer = 0;
  let typingTimer = 0;
  let isStopped = false;
  let goesOn = null;
  const comment = form.querySelector("textarea[name=comment]");
  let commentSent = comment ? comment.value : "";

  const wasField = (name) => form.elements[name];

  function put(entry) {
    // A later answer replaces an earlier one that has not been tried yet. One that
    // was tried goes first as it is: it may have arrived.
    const waiting = queue.findIndex((other) => other.key === entry.key && !other.wasTried);
    if (waiting >= 0) queue.splice(waiting, 1);
    queue.push(entry);
    send();
  }

  async function send() {
    if (isSending || isStopped || !queue.length) return;
    clearTimeout(retryTimer);
    isSending = true;
    show("saving", WORDS.saving);
    const entry = queue[0];
    entry.wasTried = true;
    const body = { ...entry.body, was: wasField(entry.was).value };
    let response = null;
    let said = {};
    try {
      response = await fetch(form.dataset.save, {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": readToken(form) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
      });
      said = await response.json();
    } catch {
      // No answer, or one that is no JSON: tried again below.
    }
    isSending = false;
    settle(entry, response, said);
  }

  function settle(entry, response, said) {
    if (said.state === "saved") return take(entry, said);
    if (said.state === "clash") return drop(entry, "clash", WORDS.clash, said.message);
    if (said.state === "refused") return drop(entry, "clash", "Not saved", said.message);
    if (said.state === "closed" || said.state === "needs_code") return stop(said.message);
    if (said.state === "no_link") return wait(said.message);
    if (response && response.status === 403) {
      return wait("This page was open for too long. Open it in another tab, then come back: what you answered is kept here and will be sent.");
    }
    return wait("");
  }

  function take(entry, said) {
    queue.shift();
    failures = 0;
    wasField(entry.was).value = said.was;
    trouble("");
    if (queue.length) return send();
    const now = new Date();
    const at = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    show("saved", `Saved at ${at}`, true);
    if (goesOn) goesOn();
    return undefined;
  }

  function drop(entry, state, words, message) {
    queue.shift();
    goesOn = null;
    show(state, words, true);
    trouble(message, true);
    if (queue.length) send();
  }

  function stop(message) {
    isStopped = true;
    goesOn = null;
    show("clash", "Not saved", true);
    trouble(message);
  }

  function wait(message) {
    const pause = TRY_AGAIN[Math.min(failures, TRY_AGAIN.length - 1)];
    if (!failures || message) show("kept", WORDS.kept, true);
    else show("kept", WORDS.kept);
    failures += 1;
    goesOn = null;
    if (message) trouble(message);
    retryTimer = setTimeout(send, pause);
  }

  function show(state, words, isSaid = false) {
    const mark = document.querySelector(`template[data-mark="${state}"]`);
    for (const place of document.querySelectorAll("[data-saved]")) {
      const text = document.createElement("span");
      text.textContent = words;
      place.replaceChildren(...(mark ? [mark.content.cloneNode(true)] : []), text);
      place.dataset.state = state;
    }
    // One region speaks, and only when something is settled.
    if (isSaid) document.querySelector("[data-say]").textContent = words;
  }

  function trouble(message, offersFresh = false) {
    const place = form.querySelector("[data-trouble]");
    place.classList.toggle("d-none", !message);
    place.setAttribute("role", "alert");
    place.textContent = message || "";
    if (!message || !offersFresh) return;
    const again = document.createElement("a");
    again.href = window.location.pathname;
    again.textContent = "Load the page again to see what is saved";
    place.append(" ", again);
  }

  function count() {
    const place = form.querySelector("[data-count]");
    if (!place || form.dataset.counts === undefined) return;
    const sets = [...form.querySelectorAll("fieldset.st")];
    const answered = sets.filter((set) => set.querySelector("input[type=radio]:checked")).length;
    place.textContent = `${answered} of ${sets.length} answered`;
  }

  function putComment() {
    clearTimeout(typingTimer);
    if (!comment || comment.value === commentSent) return;
    commentSent = comment.value;
    put({
      key: "comment",
      was: "comment-was",
      body: { dimension: Number(form.dataset.dimension), text: comment.value },
    });
  }

  form.addEventListener("change", (event) => {
    const given = event.target;
    if (given.type !== "radio") return;
    const item = given.name.slice(1);
    count();
    put({
      key: given.name,
      was: `was${item}`,
      body: { item: Number(item), value: Number(given.value) },
    });
  });

  if (comment) {
    comment.addEventListener("input", () => {
      clearTimeout(typingTimer);
      typingTimer = setTimeout(putComment, TYPING_PAUSE);
    });
    comment.addEventListener("blur", putComment);
  }

  // Going on waits for what is still on its way, so that nothing is sent twice.
  form.addEventListener("submit", (event) => {
    putComment();
    if (!queue.length || isStopped) return;
    event.preventDefault();
    const button = event.submitter;
    goesOn = () => form.requestSubmit(button);
    failures = 0;
    send();
  });

  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
    else putComment();
  });
  window.addEventListener("beforeunload", (event) => {
    const isTyping = comment && comment.value !== commentSent;
    if (isTyping) putComment();
    if (queue.length && !goesOn) event.preventDefault();
  });
}

function readToken(form) {
  // The cookie is newer than the form where somebody signed in meanwhile.
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

function startCopying(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    const words = button.querySelector("span");
    try {
      await navigator.clipboard.writeText(text);
      words.textContent = "Copied";
    } catch {
      words.textContent = "Please copy it by hand";
    }
    const place = document.querySelector("[data-copied]");
    if (place) place.textContent = words.textContent;
  });
}

function startPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A second click would do the same thing twice.
function sendOnce(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", () => { isSent = false; });
}

document.querySelectorAll("form[data-answers]").forEach(startSaving);
document.querySelectorAll("[data-copy]").forEach(startCopying);
document.querySelectorAll("[data-print]").forEach(startPrinting);
document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
