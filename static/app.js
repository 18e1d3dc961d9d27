// Starts the behaviour of the design system (menu, tabs, error summary, character counts). Every page works without it.
import { initAll } from "./nhsuk-frontend-10.6.1/nhsuk-frontend.min.js";

document.body.classList.add("nhsuk-frontend-supported");
initAll();
// Parts of a page that htmx has put in need the same start.
document.body.addEventListener("htmx:load", (event) => initAll({ scope: event.detail.elt }));
