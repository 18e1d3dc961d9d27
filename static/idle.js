// Says that the visit is about to end, two minutes before, and lets the person stay. Without it nothing
// is lost either: what was typed is kept through the sign-in. Asking the time left is no activity.
const box = document.getElementById("wt-leaving");
const WARNING = 120;
let timer;

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, Math.max(1, seconds) * 1000);
}

function show(part) {
  for (const element of box.querySelectorAll("[data-part]")) element.hidden = element.dataset.part !== part;
  box.hidden = !part;
  document.documentElement.classList.toggle("wt-leaving-shown", Boolean(part));
}

function judge(left) {
  if (left <= 0) return show("over");
  if (left > WARNING) {
    show("");
    return wait(left - WARNING);
  }
  show("soon");
  wait(Math.min(left + 1, 15));
}

async function ask() {
  try {
    const headers = { "HX-Request": "true", "X-Background": "true" };
    const answer = await fetch(box.dataset.url, { headers, cache: "no-store" });
    judge(answer.ok ? (await answer.json()).seconds : 0);
  } catch {
    wait(15); // no network: ask again
  }
}

async function stay(event) {
  event.preventDefault();
  try {
    const answer = await fetch(box.dataset.url, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new FormData(event.target),
    });
    judge(answer.ok ? (await answer.json()).seconds : 0);
  } catch {
    wait(1);
  }
}

if (box) {
  box.querySelector("form").addEventListener("submit", stay);
  wait(Number(box.dataset.seconds) - WARNING);
  // A laptop that slept comes back to the truth at once.
  document.addEventListener("visibilitychange", () => document.hidden || ask());
}
