// Marks that scripts run; closes pop-ups by Escape or a click elsewhere; messages that were read.
document.documentElement.dataset.js = "";

const open = () => document.querySelectorAll("details[data-away][open]");

document.addEventListener("click", (event) => {
  for (const one of open()) if (!one.contains(event.target)) one.open = false;
  const close = event.target.closest("[data-close]");
  if (close) close.closest("[data-message]")?.remove();
  // A folded rail that was opened by its address closes by a touch beside it.
  if (location.hash === "#rail" && !event.target.closest("#rail, .rail-open")) location.hash = "main";
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of open()) {
    one.open = false;
    one.querySelector("summary")?.focus();
  }
  if (location.hash === "#rail") location.hash = "main";
});

// A part that could not be fetched says so: the server's own words where it sent some.
function toast(html, words) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const sent = new DOMParser().parseFromString(html, "text/html").querySelector(".note");
  const shown = sent ?? Object.assign(document.createElement("div"), { className: "note tone-red", textContent: words });
  place.replaceChildren(shown);
  setTimeout(() => shown.remove(), 12000);
}

document.addEventListener("htmx:responseError", (event) => {
  toast(event.detail.xhr.responseText, document.querySelector("[data-toasts]")?.dataset.failed);
});
document.addEventListener("htmx:sendError", () => toast("", document.querySelector("[data-toasts]")?.dataset.offline));
