// Which columns of a table are shown; kept in this browser, for each table by its id.
const place = (id) => `columns:${id}`;

function hidden(id) {
  try {
    return new Set(JSON.parse(localStorage.getItem(place(id)) ?? "[]"));
  } catch {
    return new Set(); // A store that is closed to us or holds other things: all columns are shown.
  }
}

function show(id, off) {
  for (const cell of document.querySelectorAll(`#${CSS.escape(id)} :is(th, td)[data-column]`)) {
    cell.hidden = off.has(cell.dataset.column);
  }
}

function prepare() {
  for (const chooser of document.querySelectorAll("[data-columns]")) {
    const off = hidden(chooser.dataset.columns);
    for (const box of chooser.querySelectorAll("input[data-column]")) box.checked = !off.has(box.dataset.column);
    show(chooser.dataset.columns, off);
  }
}

document.addEventListener("change", (event) => {
  const chooser = event.target.closest("[data-columns]");
  if (!chooser) return;
  const off = [...chooser.querySelectorAll("input[data-column]:not(:checked)")].map((box) => box.dataset.column);
  try {
    localStorage.setItem(place(chooser.dataset.columns), JSON.stringify(off));
  } catch {
    // Not kept, but shown as asked.
  }
  show(chooser.dataset.columns, new Set(off));
});

prepare();
document.addEventListener("htmx:afterSwap", prepare);
