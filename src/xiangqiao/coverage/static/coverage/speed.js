// A speed test in the browser: some requests for the delay, then random bytes down and up for a few seconds at most.
(() => {
  "use strict";
  const form = document.getElementById("speed");
  if (!form) return;
  const start = document.getElementById("speed-start");
  const send = document.getElementById("speed-send");
  const result = document.getElementById("speed-result");
  const chunk = Number(form.dataset.chunk);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const SECONDS = 4;
  const ROUNDS = 7;

  const down = async () => (await asked(form.dataset.down)).arrayBuffer();
  const up = (body) => asked(form.dataset.up, { method: "POST", headers: { "X-CSRFToken": token }, body });

  async function asked(address, options) {
    const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  async function speed(step, bytes) {
    const begin = performance.now();
    let moved = 0;
    for (let round = 0; round < ROUNDS && performance.now() - begin < SECONDS * 1000; round += 1) {
      await step();
      moved += bytes;
    }
    return Math.max(1, Math.round((moved * 8) / (performance.now() - begin)));
  }

  async function delay() {
    let best = Infinity;
    for (let round = 0; round < 3; round += 1) {
      const begin = performance.now();
      await up(new Uint8Array(1));
      best = Math.min(best, performance.now() - begin);
    }
    return Math.round(best);
  }

  // On a slow line the page is seen before this script has come: until then the button cannot be pressed.
  start.disabled = false;
  start.addEventListener("click", async () => {
    start.disabled = true;
    result.textContent = form.dataset.wait;
    try {
      const noise = new Uint8Array(chunk);
      for (let at = 0; at < chunk; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
      form.elements.latency_ms.value = await delay();
      form.elements.down_kbps.value = await speed(down, chunk);
      form.elements.up_kbps.value = await speed(() => up(noise), chunk);
      const mbps = (name) => (Number(form.elements[name].value) / 1000).toFixed(1);
      result.textContent = `${form.dataset.done}: ↓ ${mbps("down_kbps")} Mbps · ↑ ${mbps("up_kbps")} Mbps · ${form.elements.latency_ms.value} ms`;
      start.hidden = true;
      send.hidden = false;
      send.focus();
    } catch {
      result.textContent = form.dataset.failed;
      start.disabled = false;
    }
  });
})();
