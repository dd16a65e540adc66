/* Sending goes on by itself, a few messages a page. Without JavaScript there is a button. */

(() => {
  const form = document.querySelector("form[data-go-on]");
  if (form) form.requestSubmit();
})();
