/* Signing in in another tab makes a new token against forged forms. Without JavaScript the form is
   shown once more with it; with it the token is taken from the cookie just before sending. */

(() => {
  const form = document.querySelector("[data-fresh-token]");
  form?.addEventListener("submit", () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
  });
})();
