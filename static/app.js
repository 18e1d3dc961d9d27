// Starts the behaviour of the design system (menu, tabs, error summary, character counts). Every page works without it.
import { initAll } from "./nhsuk-frontend-10.6.1/nhsuk-frontend.min.js";

document.body.classList.add("nhsuk-frontend-supported");
initAll();
// Parts of a page that htmx has put in need the same start; its first event is about the page itself.
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});
