// Working through responses by keyboard: a key presses the button that shows it (data-key), and nothing
// else. Every step works without this. Keys pressed while a step is under way are kept and pressed after
// it, but never on another response than the one that was in sight.
const SWITCH = "wt-triage-keys";
const status = document.getElementById("triage-status");
const screen = () => document.getElementById("triage");
let underway = false;
let waiting = [];
let inSight = screen()?.dataset.response;

function keysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // no storage: the keys are on for this page
  }
}

function showSwitch() {
  const on = keysAreOn();
  document.body.classList.add("wt-keys-known");
  document.body.classList.toggle("wt-keys-on", on);
  for (const button of document.querySelectorAll('[data-switch="keys"]')) {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Keys are on: turn them off" : "Keys are off: turn them on";
  }
}

function isTyping(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

function press(key) {
  const found = screen()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.dataset.opens) {
    const box = document.getElementById(found.dataset.opens);
    box.open = !box.open;
    if (box.open) (box.querySelector("input:not([type=hidden]), button") ?? found).focus();
  } else if (found.tagName === "INPUT") {
    found.focus();
  } else {
    found.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (event.key === "Escape" && isTyping(event.target) && screen()?.contains(event.target)) {
    document.getElementById("response")?.focus();
    return;
  }
  if (!keysAreOn() || isTyping(event.target) || event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  if (underway) {
    waiting.push(key);
    event.preventDefault();
  } else if (press(key)) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.('[data-switch="keys"]')) return;
  try {
    localStorage.setItem(SWITCH, keysAreOn() ? "off" : "on");
  } catch {
    // no storage: nothing to remember it by
  }
  showSwitch();
});

function end() {
  underway = false;
  const keys = waiting;
  waiting = [];
  const same = screen()?.dataset.response === inSight;
  inSight = screen()?.dataset.response;
  if (!same) {
    const heading = document.getElementById("response");
    (heading ?? screen()?.querySelector("button"))?.focus({ preventScroll: true });
    screen()?.scrollIntoView({ block: "start" });
    return;
  }
  if (keys.length && press(keys[0])) waiting = keys.slice(1);
}

function failed() {
  underway = false;
  waiting = [];
  const words = "That step was not saved: the service did not answer. Nothing else changed; do it again.";
  let box = document.getElementById("triage-failed");
  if (!box) {
    box = document.createElement("div");
    box.id = "triage-failed";
    box.className = "wt-triage__problem";
    screen()?.prepend(box);
  }
  box.textContent = words;
  if (status) status.textContent = words;
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (!screen()?.contains(event.detail.elt)) return;
  // One step at a time: a second press of a button, by hand, waits for the page that the first brings.
  if (underway) event.preventDefault();
  underway = true;
});
document.body.addEventListener("htmx:afterSettle", () => {
  showSwitch();
  if (status) status.textContent = screen()?.dataset.said ?? "";
  end();
});
document.body.addEventListener("htmx:responseError", failed);
document.body.addEventListener("htmx:sendError", failed);

// Whoever goes to another page or closes this one lets go of the response at once, and not after ten
// minutes. Who only loads the page again, or comes back to it, takes it up again.
const LEFT = "wt-triage-left";
const token = () => screen()?.querySelector("[name=csrfmiddlewaretoken]")?.value;

function leftHere() {
  try {
    const [at, response] = (sessionStorage.getItem(LEFT) ?? "").split(" ");
    sessionStorage.removeItem(LEFT);
    return at === location.pathname ? response : "";
  } catch {
    return ""; // no storage: the button takes it up again
  }
}

window.addEventListener("pagehide", () => {
  const response = screen()?.dataset.response;
  if (!response || !token()) return;
  try {
    sessionStorage.setItem(LEFT, `${location.pathname} ${response}`);
  } catch {
    // no storage: nothing to remember it by
  }
  navigator.sendBeacon?.(location.pathname, new URLSearchParams({ do: "left", response, csrfmiddlewaretoken: token() }));
});

window.addEventListener("pageshow", (event) => {
  const response = leftHere();
  const how = event.persisted ? "back_forward" : performance.getEntriesByType("navigation")[0]?.type;
  if (!response || !token() || !["reload", "back_forward"].includes(how)) return;
  const values = { do: "take", response, csrfmiddlewaretoken: token() };
  window.htmx?.ajax("POST", location.pathname, { source: "#triage", target: "#triage", swap: "outerHTML", values });
});

showSwitch();
