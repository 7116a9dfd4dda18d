// Keys of the desk: "/" to search, j and k through the rows of the table, x to pick one, "?" for help.
const writes = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("table[data-walk] tbody tr")].filter((row) => row.querySelector("a, input"));
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step))];
  (next.querySelector("a.row-link") ?? next.querySelector("a, input")).focus();
  next.scrollIntoView({ block: "nearest" });
}

const does = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
  x: () => document.activeElement?.closest("tr")?.querySelector("input[name=picked]")?.click(),
  "?": () => document.getElementById("keys-help")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(event.target)) return;
  if (document.querySelector("dialog[open]") || !does[event.key]) return;
  event.preventDefault();
  does[event.key]();
});
