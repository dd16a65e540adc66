// A device that several people use: when nobody touches it for three minutes, it asks, and half a
// minute later it finishes by itself. Without this file there is the link to finish by hand.
"use strict";

const ASKS_AFTER = 180000;
const FINISHES_AFTER = 210000;
const TRIES_AGAIN = 3000;

function watchOver(dialog) {
  const form = dialog.querySelector("[data-hand-on]");
  const seconds = dialog.querySelector("[data-seconds]");
  let touchedAt = Date.now();
  let isFinishing = false;

  function look() {
    if (isFinishing) return;
    // By the clock and not by a timer: a closed lid stops timers.
    const idle = Date.now() - touchedAt;
    if (idle >= FINISHES_AFTER) finish();
    else if (idle >= ASKS_AFTER) {
      seconds.textContent = Math.ceil((FINISHES_AFTER - idle) / 1000);
      if (!dialog.open) dialog.showModal();
    }
  }

  function touch() {
    if (!dialog.open) touchedAt = Date.now();
  }

  function stay() {
    if (isFinishing) return;
    touchedAt = Date.now();
    dialog.close();
  }

  function finish() {
    isFinishing = true;
    dialog.querySelector("[data-still-there-ask]").hidden = true;
    dialog.querySelector("[data-finishing]").hidden = false;
    if (!dialog.open) dialog.showModal();
    // Nobody is there to be asked whether to leave.
    window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
    send();
  }

  async function send() {
    try {
      const response = await fetch(form.action, {
        method: "POST",
        credentials: "same-origin",
        body: new FormData(form),
      });
      if (response.ok) window.location.replace(response.url);
      else form.submit();
    } catch {
      // No connection: the page stays covered until the server can forget this device.
      setTimeout(send, TRIES_AGAIN);
    }
  }

  for (const kind of ["pointerdown", "keydown", "input", "scroll", "wheel"]) {
    window.addEventListener(kind, touch, { capture: true, passive: true });
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.querySelector("[data-still-here]").addEventListener("click", stay);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

// A page that the browser kept as it was could belong to the person before.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
document.querySelectorAll("[data-still-there]").forEach(watchOver);
