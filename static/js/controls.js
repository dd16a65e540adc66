// Small things of the pages of those who answer: copying, printing, sending once.
// Every page works without them.
"use strict";

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

document.querySelectorAll("[data-copy]").forEach(startCopying);
document.querySelectorAll("[data-print]").forEach(startPrinting);
document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
// What has to be read first; browsers that know `autofocus` everywhere are there already.
document.querySelector("#not-saved, #error-summary")?.focus();
