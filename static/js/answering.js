// Answers are sent as they are given, one at a time and in order. What cannot be
// sent stays in this page's memory, and nowhere else: the next person at a shared
// device finds nothing. Without this file the page works by its ordinary form.
"use strict";

const TYPING_PAUSE = 1200;
const LONGEST_REQUEST = 20000;
const TRY_AGAIN = [1000, 2000, 4000, 8000, 15000, 30000];
// While somebody puts it right in another tab.
const LOOK_AGAIN = 4000;
const NEEDS_A_PERSON = ["no_link", "needs_code"];

/* Asking the server ------------------------------------------------------- */

// The cookie is newer than the form where somebody signed in meanwhile.
function readToken(form) {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

async function post(form, body) {
  let response;
  try {
    response = await fetch(form.dataset.save, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": readToken(form) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout ? AbortSignal.timeout(LONGEST_REQUEST) : undefined,
    });
    return await response.json();
  } catch {
    // No answer, or one of somebody between us and the server, or an error page.
    if (!response || response.ok) return { state: "offline" };
    return { state: response.status === 403 ? "late" : "broken" };
  }
}

// The same page as the server shows it now: its form, or why there is none.
async function openAnew() {
  try {
    const response = await fetch(window.location.pathname, {
      credentials: "same-origin",
      cache: "no-store",
    });
    const text = await response.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const form = page.querySelector("form[data-answers]");
    if (form) return { form };
    if (response.status === 410) return { state: "closed" };
    return { state: response.status >= 500 ? "broken" : "no_link" };
  } catch {
    return { state: "offline" };
  }
}

/* Saving ------------------------------------------------------------------ */

class Saving {
  constructor(form) {
    this.form = form;
    this.status = new Status(form);
    this.comment = form.querySelector("textarea[name=comment]");
    this.commentSent = this.comment?.value;
    this.queue = [];
    // By key: what was refused, or changed elsewhere and waits for a choice.
    this.unsettled = new Map();
    this.failures = 0;
    this.goesOn = null;
  }

  get isTyping() {
    return Boolean(this.comment) && this.comment.value !== this.commentSent;
  }

  get isUnsaved() {
    return this.queue.length > 0 || this.unsettled.size > 0 || this.isTyping;
  }

  field(entry) {
    return this.form.elements[entry.was];
  }

  put(entry) {
    // A choice made after it was said what is saved: the newer one is known.
    this.unsettled.get(entry.key)?.settle();
    // A later answer replaces an earlier one that has not been tried yet. One that
    // was tried goes first as it is: it may have arrived.
    const waiting = this.queue.findIndex((one) => one.key === entry.key && !one.wasTried);
    if (waiting >= 0) this.queue.splice(waiting, 1);
    this.queue.push(entry);
    this.send();
  }

  putAnswer(choice) {
    const item = choice.name.slice(1);
    this.put({
      key: choice.name,
      was: `was${item}`,
      body: { item: Number(item), value: Number(choice.value) },
    });
  }

  putComment() {
    clearTimeout(this.typing);
    // Where another text is saved it is the person who chooses.
    if (!this.isTyping || this.unsettled.get("comment")?.state === "clash") return;
    this.commentSent = this.comment.value;
    const dimension = Number(this.form.dataset.dimension);
    const body = { dimension, text: this.comment.value };
    this.put({ key: "comment", was: "comment-was", body });
  }

  async send() {
    if (this.isSending || this.isStopped || !this.queue.length) return;
    clearTimeout(this.retry);
    this.isSending = true;
    let isWell = true;
    while (isWell && this.queue.length) isWell = await this.sendFirst();
    this.isSending = false;
    if (isWell) this.finish();
  }

  // Whether the next one can go.
  async sendFirst() {
    const entry = this.queue[0];
    entry.wasTried = true;
    this.status.saving();
    let said = await this.ask(entry);
    if (said.state === "late") {
      const fresh = await openAnew();
      if (!fresh.form) return this.wait(fresh);
      this.form.elements.csrfmiddlewaretoken.value = fresh.form.elements.csrfmiddlewaretoken.value;
      said = await this.ask(entry);
    }
    if (said.state === "saved") return this.take(entry, said.was);
    if (said.state === "clash") return this.disagree(entry);
    if (said.state === "refused") return this.refuse(entry, said.message);
    if (said.state === "closed") return this.stop(said.message);
    return this.wait(said);
  }

  ask(entry) {
    return post(this.form, { ...entry.body, was: this.field(entry).value });
  }

  take(entry, was) {
    this.queue.shift();
    this.failures = 0;
    this.field(entry).value = was;
    return true;
  }

  finish() {
    if (this.unsettled.size) return this.status.fail([...this.unsettled.values()].pop().state);
    this.status.saved();
    const { act } = this.goesOn || {};
    this.goesOn = null;
    return act?.();
  }

  async disagree(entry) {
    const fresh = await openAnew();
    return fresh.form ? this.askWhich(entry, fresh) : this.wait(fresh);
  }

  askWhich(entry, fresh) {
    this.queue.shift();
    this.failures = 0;
    if (this.isFollowed(entry)) return true;
    this.leaveUnsettled(entry, "clash", this.noteClash(entry, fresh.form), () => {
      this.field(entry).value = fresh.form.elements[entry.was].value;
    });
    return true;
  }

  isFollowed(entry) {
    return this.queue.some((later) => later.key === entry.key);
  }

  noteClash(entry, fresh) {
    const saveMine = () => this.saveMine(entry);
    if (entry.key === "comment") {
      const text = fresh.elements.comment?.value || "";
      return noteOtherComment(this.form, text, () => this.loadComment(text), saveMine);
    }
    const there = fresh.querySelector(`input[name="${entry.key}"]:checked`);
    const keepTheirs = () => this.loadAnswer(entry, there);
    return noteOtherAnswer(this.form, entry, there, keepTheirs, saveMine);
  }

  async refuse(entry, message) {
    const fresh = await openAnew();
    // A page that has lost its code, and goes on without, no longer knows what is saved.
    const isNew = fresh.form && fresh.form.elements[entry.was].value !== this.field(entry).value;
    if (isNew) return this.askWhich(entry, fresh);
    this.queue.shift();
    if (this.isFollowed(entry)) return true;
    this.leaveUnsettled(entry, "refused", noteRefusal(this.form, entry.key, message), () => {});
    return true;
  }

  leaveUnsettled(entry, state, note, learn) {
    const settle = () => {
      note.remove();
      this.unsettled.delete(entry.key);
      learn();
    };
    this.unsettled.set(entry.key, { state, settle });
    this.goesOn = null;
  }

  loadAnswer(entry, there) {
    const mine = find(this.form, entry.key, entry.body.value);
    const shown = there ? find(this.form, entry.key, there.value) : mine;
    shown.checked = Boolean(there);
    showProgress(this.form);
    this.settle(entry.key, shown);
  }

  loadComment(text) {
    this.comment.value = text;
    this.commentSent = text;
    this.settle("comment", this.comment);
  }

  settle(key, focused) {
    focused.focus();
    this.unsettled.get(key).settle();
    if (!this.queue.length) this.finish();
  }

  saveMine(entry) {
    if (entry.key !== "comment") {
      const mine = find(this.form, entry.key, entry.body.value);
      mine.focus();
      return this.putAnswer(mine);
    }
    this.comment.focus();
    this.unsettled.get("comment").settle();
    this.commentSent = undefined;
    return this.putComment();
  }

  stop(message) {
    this.isStopped = true;
    this.status.fail("closed", message);
    this.giveUp();
    return false;
  }

  wait(said) {
    if (said.state === "closed") return this.stop(said.message);
    const pauses = NEEDS_A_PERSON.includes(said.state) ? [LOOK_AGAIN] : TRY_AGAIN;
    this.retry = setTimeout(() => this.send(), pauses[Math.min(this.failures, pauses.length - 1)]);
    this.failures += 1;
    this.status.fail(said.state, said.message);
    this.giveUp();
    return false;
  }

  // Going on waits for what is still on its way, so that nothing is sent twice.
  goOn(act, otherwise = () => {}) {
    this.goesOn = { act, otherwise };
    this.failures = 0;
    if (this.isStopped || !this.queue.length) this.giveUp();
    else this.send();
  }

  giveUp() {
    const { otherwise } = this.goesOn || {};
    this.goesOn = null;
    if (otherwise) otherwise();
  }

  // The last chance, as the page goes: all at once. They are based on what the page
  // knows, so the server drops whatever it has newer.
  sendLast() {
    this.putComment();
    for (const entry of this.queue.filter((one) => !one.wasTried)) this.ask(entry);
  }
}

/* Listening --------------------------------------------------------------- */

function startSaving(form) {
  const saving = new Saving(form);
  const { comment } = saving;

  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    showProgress(form);
    saving.putAnswer(event.target);
  });
  if (comment) {
    comment.addEventListener("input", () => {
      clearTimeout(saving.typing);
      saving.typing = setTimeout(() => saving.putComment(), TYPING_PAUSE);
    });
    comment.addEventListener("blur", () => saving.putComment());
  }
  window.addEventListener("online", () => saving.send());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") saving.send();
    else saving.putComment();
  });
  window.addEventListener("pagehide", () => saving.sendLast());
  startLeaving(form, saving);
  showProgress(form);
  takeUp(form, saving);
}

// The page came back unsaved: its form is as good as new answers, where nothing else
// has to be put right. Where another comment is saved, the person says which by
// saving again.
function takeUp(form, saving) {
  const { unsaved } = form.dataset;
  if (!unsaved) return;
  if (unsaved === "typed") {
    saving.commentSent = undefined;
    return;
  }
  if (unsaved === "comment") {
    saving.unsettled.set("comment", { state: "clash", settle: () => {} });
    saving.finish();
    return;
  }
  form.querySelectorAll("input:checked").forEach((choice) => saving.putAnswer(choice));
  if (saving.comment?.value) saving.commentSent = undefined;
  saving.putComment();
  saving.goOn(() => {
    document.getElementById("not-saved").remove();
    document.title = document.title.replace(/^Not yet saved: /, "");
    document.getElementById("answers").focus();
  });
}

// Leaving sends what waits and then goes; where that cannot be, it asks first.
function startLeaving(form, saving) {
  let isLeaving = false;
  const leave = (address) => {
    isLeaving = true;
    window.location.assign(address);
  };

  form.addEventListener("submit", (event) => {
    saving.putComment();
    // The form takes a clash along and shows it; after the close it shows the text.
    isLeaving = saving.isStopped || !saving.queue.length;
    if (isLeaving) return;
    event.preventDefault();
    saving.goOn(() => form.requestSubmit(event.submitter));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || link.target || link.getAttribute("href").startsWith("#")) return;
    saving.putComment();
    if (!saving.isUnsaved) return;
    event.preventDefault();
    const ask = () => {
      if (window.confirm("Something on this page is not saved yet. Leave and lose it?")) leave(link.href);
    };
    if (saving.goesOn) ask();
    else saving.goOn(() => leave(link.href), ask);
  });
  window.addEventListener("beforeunload", (event) => {
    saving.putComment();
    if (saving.isUnsaved && !isLeaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
}

document.querySelectorAll("form[data-answers]").forEach(startSaving);
