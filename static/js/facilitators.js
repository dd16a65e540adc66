/* Copy buttons. Without JavaScript they stay hidden, and the fields can be selected by hand. */

(() => {
  const spoken = document.querySelector("[data-copied]");

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    const label = button.querySelector("span");
    const words = label.textContent;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      /* No permission, or plain HTTP: the older way works on what is selected. */
      document.execCommand("copy");
    }
    label.textContent = "Copied";
    if (spoken) spoken.textContent = `${button.textContent.trim()}.`;
    setTimeout(() => { label.textContent = words; }, 2000);
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
