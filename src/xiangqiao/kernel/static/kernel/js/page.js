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
