// What an answering page shows and says: what is saved, how far the person has come,
// and an answer that was changed elsewhere. `answering.js` sends and calls this.
"use strict";

// Time until a voice reads out what has settled.
const QUIET = 800;

const WORDS = {
  saving: "Saving…",
  offline: "Not saved yet: no connection. We keep trying",
  late: "Not saved yet: this page was open too long. We are trying again",
  broken: "Not saved yet: something went wrong on our side. We keep trying",
  no_link: "Not saved yet: open your personal link in another tab, then come back",
  needs_code: "Not saved yet: enter your return code in another tab, then come back",
  closed: "Not saved: this round has closed",
  refused: "Not saved",
  clash: "Not saved: changed in another tab or on another device",
};

/* What the page says ------------------------------------------------------ */

class Status {
  constructor(form) {
    this.trouble = form.querySelector("[data-trouble]");
    this.spoken = document.querySelector("[data-say]");
    this.isTroubled = false;
    this.said = "";
  }

  saving() {
    // While trying again the trouble stays in sight.
    if (!this.isTroubled) this.show("saving", WORDS.saving);
  }

  saved() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const words = `Saved at ${two(now.getHours())}:${two(now.getMinutes())}`;
    this.isTroubled = false;
    this.explain("");
    this.show("saved", words);
    this.say(words);
  }

  fail(state, message = "") {
    const words = WORDS[state] || WORDS.broken;
    const isNew = !this.isTroubled || this.said !== words + message;
    this.isTroubled = true;
    this.explain(message);
    this.show(["clash", "refused", "closed"].includes(state) ? "clash" : "kept", words);
    if (isNew) this.say(words, message);
  }

  show(state, words) {
    const mark = document.querySelector(`template[data-mark="${state}"]`);
    for (const place of document.querySelectorAll("[data-saved]")) {
      const text = document.createElement("span");
      text.textContent = words;
      place.replaceChildren(mark.content.cloneNode(true), text);
      place.dataset.state = state;
    }
  }

  // One region speaks, and only when things have settled: emptied first, so that
  // the same words are heard again.
  say(words, message = "") {
    clearTimeout(this.timer);
    this.said = words + message;
    this.spoken.textContent = "";
    this.timer = setTimeout(() => {
      this.spoken.textContent = message ? `${words}. ${message}` : words;
    }, QUIET);
  }

  explain(message) {
    this.trouble.hidden = !message;
    this.trouble.textContent = message;
  }
}

// How far the person has come, wherever the page shows it. A page that may not
// know what was saved before counts nothing.
function showProgress(form) {
  const sets = [...form.querySelectorAll("fieldset.st:not([data-aside])")];
  if (form.dataset.counts === undefined || !sets.length) return;
  const answered = sets.filter((set) => set.querySelector("input:checked")).length;
  const share = answered / sets.length;
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = `${answered} of ${sets.length} answered`;
  }
  for (const part of document.querySelectorAll("line[data-part]")) {
    part.setAttribute("stroke-dasharray", `${share} 1`);
  }
  for (const part of document.querySelectorAll("rect[data-part]")) {
    part.setAttribute("width", `${Number(part.dataset.part) * Math.max(share, 0.12)}%`);
  }
  for (const mark of document.querySelectorAll("[data-when]")) {
    mark.hidden = (mark.dataset.when === "done") !== (share === 1);
  }
}

/* What was not saved, said in place ---------------------------------------- */

const find = (form, name, value) =>
  [...form.querySelectorAll(`input[name="${name}"]`)].find((one) => one.value === String(value));
const wordsOf = (choice) => `“${choice.parentElement.textContent.trim()}”`;

function putNote(form, key, ...parts) {
  const note = document.createElement("div");
  note.className = "callout mt-2";
  note.append(...parts);
  const comment = form.elements.comment;
  if (key !== "comment") document.getElementById(key).append(note);
  else {
    comment.closest("details").open = true;
    comment.after(note);
  }
  return note;
}

function noteRefusal(form, key, message) {
  const again = document.createElement("a");
  again.href = window.location.pathname;
  again.textContent = "Load the page again";
  return putNote(form, key, `Not saved. ${message} `, again);
}

// `there` is the choice that is saved, null where this page may not know it.
function noteOtherAnswer(form, entry, there, keepTheirs, saveMine) {
  const mine = wordsOf(find(form, entry.key, entry.body.value));
  const saved = there ? `${wordsOf(there)} is saved` : "another answer is saved and not shown here";
  return putNote(
    form,
    entry.key,
    makeText("p", `Changed in another tab or on another device meanwhile: ${saved}, and ${mine} is not.`),
    makeButton(there ? `Load ${wordsOf(there)}` : "Leave it as it was", keepTheirs),
    makeButton(`Save ${mine}`, saveMine),
  );
}

function noteOtherComment(form, text, keepTheirs, saveMine) {
  const says = "Changed in another tab or on another device meanwhile. What you typed is still in the box, and is not saved";
  return putNote(
    form,
    "comment",
    makeText("p", text ? `${says}. This is saved:` : `${says}.`),
    ...(text ? [makeText("blockquote", text)] : []),
    makeButton(text ? "Load the saved text" : "Delete what I typed", keepTheirs),
    makeButton("Save what I typed", saveMine),
  );
}

function makeText(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

function makeButton(words, act) {
  const button = makeText("button", words);
  button.type = "button";
  button.className = "btn btn-quiet btn-sm";
  button.addEventListener("click", act);
  return button;
}
