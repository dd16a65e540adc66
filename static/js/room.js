// The screen in a room: asks every few seconds how many have answered, while somebody can see it.
// Without this file a link counts again.
"use strict";

const EVERY = 4000;

function startCounting(place) {
  const said = document.querySelector("[data-poll-said]");
  let isAsking = false;

  async function ask() {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    try {
      const response = await fetch(place.dataset.poll, { credentials: "same-origin", redirect: "error" });
      if (response.ok) show(await response.text());
    } catch {
      // No connection, or signed out: what is shown stays, and the next turn asks again.
    }
    isAsking = false;
  }

  function show(text) {
    if (place.innerHTML.trim() === text.trim()) return;
    const before = count();
    place.innerHTML = text;
    // Only the number is said aloud, not each minute that passes.
    if (count() !== before) said.textContent = count();
  }

  const count = () => place.querySelector(".room-count").textContent.trim();

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}

document.querySelectorAll("[data-poll]").forEach(startCounting);
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
