// A room's page: bytes come in, a media source plays them, close behind the teacher.
const page = document.getElementById("attend");
const state = document.getElementById("state");
const video = document.getElementById("theirs");
const hand = document.getElementById("hand");
const answer = document.getElementById("answer");
const AGAIN = 1500, BEHIND = 3, KEPT = 30;
const say = (name) => { state.textContent = page.dataset[name]; page.dataset.now = name; };

let socket = null, media = null, buffer = null, waiting = [], over = false, asked = performance.now();
// How long from asking to the first picture, in milliseconds: what a test and a doubtful teacher can read.
video.addEventListener("playing", () => { page.dataset.picture ??= Math.round(performance.now() - asked); });

function start(kind) {
  if (!window.MediaSource || !MediaSource.isTypeSupported(kind)) return say("cannot");
  const own = media = new MediaSource();
  waiting = [];
  buffer = null;
  video.src = URL.createObjectURL(media);
  media.onsourceopen = () => {
    if (own !== media) return;
    buffer = media.addSourceBuffer(kind);
    buffer.mode = "segments";
    buffer.onupdateend = feed;
    feed();
  };
}

function feed() {
  if (!buffer || buffer.updating || media.readyState !== "open") return;
  const ranges = buffer.buffered;
  if (ranges.length) {
    const edge = ranges.end(ranges.length - 1), first = ranges.start(0);
    if (video.currentTime < first || edge - video.currentTime > BEHIND) video.currentTime = Math.max(first, edge - 0.5);
    if (video.paused) video.play().catch(() => {});
    if (video.currentTime - first > 2 * KEPT) return buffer.remove(first, video.currentTime - KEPT);
  }
  if (!waiting.length) return;
  const all = waiting;
  waiting = [];
  try {
    buffer.appendBuffer(all.reduce(join, new Uint8Array()));
  } catch {
    // What cannot be played any more begins anew.
    socket.close();
  }
}

function join(before, piece) {
  const whole = new Uint8Array(before.length + piece.byteLength);
  whole.set(before);
  whole.set(new Uint8Array(piece), before.length);
  return whole;
}

function connect() {
  say("connecting");
  socket = new WebSocket(page.dataset.live);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => socket.send(JSON.stringify({ token: page.dataset.token, language: document.documentElement.lang }));
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") return heard(JSON.parse(data));
    waiting.push(data);
    feed();
  };
  socket.onclose = () => {
    if (over) return;
    say("lost");
    setTimeout(connect, AGAIN);
  };
}

function heard(words) {
  if (words.refused) { over = true; state.textContent = words.refused; page.dataset.now = "refused"; return; }
  if (words.start) start(words.start);
  if (words.over) { over = true; say("over"); socket.close(); }
  else if ("live" in words) say(words.live ? "on" : "waiting");
  if ("called" in words) {
    answer.hidden = !words.called;
    raise(false);
    say(words.called ? "called" : "on");
    if (words.called) document.getElementById("answer-text").focus();
  }
}

function raise(up) { hand.setAttribute("aria-pressed", String(up)); }

hand.onclick = () => {
  const up = hand.getAttribute("aria-pressed") !== "true";
  raise(up);
  socket.send(JSON.stringify({ hand: up }));
};
answer.onsubmit = (event) => {
  event.preventDefault();
  const text = document.getElementById("answer-text");
  if (text.value.trim()) socket.send(JSON.stringify({ say: text.value.trim() }));
  text.value = "";
};
document.getElementById("sound").onclick = (event) => {
  video.muted = false;
  video.play().catch(() => {});
  event.currentTarget.hidden = true;
};
const heads = document.getElementById("heads");
heads.onsubmit = async (event) => {
  event.preventDefault();
  const answered = await fetch(heads.action, { method: "POST", body: new FormData(heads) });
  document.getElementById("heads-state").textContent = await answered.text();
  // The next count is an act of its own.
  heads.elements.key.value = crypto.randomUUID();
};
connect();
