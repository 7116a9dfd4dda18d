// Rows that open by a click anywhere in them; boxes to pick a page or all that match.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, summary, details")) return;
  if (String(getSelection())) return;
  const link = row.querySelector("a.row-link");
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
});

function refresh(form) {
  const boxes = [...form.querySelectorAll("input[name=picked]")];
  const all = form.querySelector("[data-pick-all]");
  const page = form.querySelector("[data-pick-page]");
  const count = boxes.filter((box) => box.checked).length;
  for (const box of boxes) {
    box.disabled = Boolean(all?.checked);
    box.closest("tr").classList.toggle("chosen", box.checked || Boolean(all?.checked));
  }
  if (page) {
    page.checked = count > 0 && count === boxes.length;
    page.indeterminate = count > 0 && count < boxes.length;
    page.disabled = Boolean(all?.checked);
  }
  const words = form.querySelector("[data-picked-count]");
  if (words) words.textContent = all?.checked ? "" : words.dataset.words.replace("{n}", count);
  for (const button of form.querySelectorAll("button[formaction]")) button.disabled = !count && !all?.checked;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-picking]");
  if (!form) return;
  if (event.target.matches("[data-pick-page]")) {
    for (const box of form.querySelectorAll("input[name=picked]")) box.checked = event.target.checked;
  }
  refresh(form);
});

const prepare = (root) => root.querySelectorAll("form[data-picking]").forEach(refresh);
prepare(document);
document.addEventListener("htmx:afterSwap", () => prepare(document));
