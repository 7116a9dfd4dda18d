// Watching again: parts one after another, and a sign of life while a picture plays.
const page = document.getElementById("replay");
if (page) {
  const film = document.getElementById("film");
  const parts = page.dataset.parts.split(" ");
  const token = page.querySelector("input[name=csrfmiddlewaretoken]").value;
  const EVERY = 10000;
  let part = 0, stretch = null;
  film.addEventListener("ended", () => {
    if (part + 1 >= parts.length) return;
    part += 1;
    film.src = parts[part];
    film.play();
  });
  // A stretch is watched without a pause; jumping over minutes begins a new one and counts nothing between.
  const tell = async () => {
    if (film.paused || film.ended) { stretch = null; return; }
    stretch ??= crypto.randomUUID();
    await fetch(page.dataset.watched, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ stretch }) });
  };
  film.addEventListener("playing", tell);
  film.addEventListener("pause", async () => {
    if (stretch) await fetch(page.dataset.watched, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ stretch }) });
    stretch = null;
  });
  setInterval(tell, EVERY);
}
