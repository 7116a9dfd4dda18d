// Dialogs: a button with data-dialog opens one; a button with data-confirm asks before it sends its form.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    // A browser that knows commandfor would open it too: preventDefault above leaves it to us.
    if (!dialog.open) dialog.showModal();
    return;
  }
  const leave = event.target.closest("dialog [data-dismiss]");
  if (leave) leave.closest("dialog").close();
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const words = button?.dataset.confirm;
  const dialog = document.getElementById("confirm");
  if (!words || !dialog || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-confirm-words]").textContent = words;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return button.focus();
    button.dataset.confirmed = "yes";
    button.form.requestSubmit(button);
    delete button.dataset.confirmed;
  }, { once: true });
  dialog.showModal();
}, true);
