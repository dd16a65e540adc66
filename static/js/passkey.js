// Shows what needs a passkey where the browser has them, and says when one was not used.
(function () {
  "use strict";
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (window.PublicKeyCredential) {
    for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-without-passkey]")) part.hidden = true;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (trouble) trouble.hidden = false;
  });
})();
