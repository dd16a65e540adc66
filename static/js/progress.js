// How far an open round has come, kept up to date while somebody looks at the page.
// Asks less often when the service cannot be reached. Without this file a reload shows the same.
"use strict";

const EVERY = 10000;
const SELDOM = 120000;

function keepUpToDate(page) {
  const parts = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.dataset.live, part]));
  const said = document.querySelector("[data-live-said]");
  const heading = parts.get("heading");
  const shown = new Map();
  let wait = EVERY;
  let timer = 0;
  let isAsking = false;

  async function ask() {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    clearTimeout(timer);
    wait = (await fetchParts()) ? EVERY : Math.min(wait * 2, SELDOM);
    isAsking = false;
    if (document.querySelector("[data-live-over]").hidden) timer = setTimeout(ask, wait);
  }

  async function fetchParts() {
    try {
      const response = await fetch(page.dataset.liveFrom, { credentials: "same-origin", redirect: "error" });
      if (!response.ok) return false;
      show(await response.json());
      return true;
    } catch {
      // No connection, or signed out: what is shown stays.
      return false;
    }
  }

  function show(news) {
    if (news.is_over) {
      document.querySelector("[data-live-over]").hidden = false;
      document.querySelector("[data-live-on]").hidden = true;
      return;
    }
    const before = heading.textContent.trim();
    for (const [name, html] of Object.entries(news.parts)) replace(name, html);
    const now = heading.textContent.trim();
    if (now !== before) said.textContent = now;
  }

  // Only what changed is put anew, so that nothing is taken from under a reader.
  function replace(name, html) {
    const part = parts.get(name);
    if (!part || shown.get(name) === html) return;
    shown.set(name, html);
    part.innerHTML = html;
  }

  document.querySelector("[data-live-on]").hidden = false;
  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, wait);
}

document.querySelectorAll("[data-live-from]").forEach(keepUpToDate);
