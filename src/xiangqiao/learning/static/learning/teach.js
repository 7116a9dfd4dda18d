// The teacher's page: the browser records its own camera and sends the bytes; whoever listens gets the same bytes.
const page = document.getElementById("teach");
const state = document.getElementById("state");
const mine = document.getElementById("mine");
const begin = document.getElementById("begin");
const end = document.getElementById("end");
const KINDS = ["video/webm;codecs=vp8,opus", "video/webm;codecs=vp9,opus"];
const PIECE = 200, MOST_WAITING = 8 * 1024 * 1024, AGAIN = 1500;
const say = (name) => { state.textContent = page.dataset[name]; page.dataset.now = name; };

const agree = document.getElementById("agree");
let camera = null, socket = null, recorder = null, over = false;

function record() {
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  // A key frame every second or two: who joins in between waits no longer for a picture.
  recorder = new MediaRecorder(camera, { mimeType: kind, videoBitsPerSecond: 350000, audioBitsPerSecond: 32000, videoKeyFrameIntervalDuration: 1500 });
  const own = socket;
  own.send(JSON.stringify({ kind }));
  recorder.ondataavailable = ({ data }) => {
    if (own.readyState !== WebSocket.OPEN || !data.size) return;
    // A line that cannot take it all: begin anew instead of falling minutes behind.
    if (own.bufferedAmount > MOST_WAITING) own.close(); else own.send(data);
  };
  recorder.start(PIECE);
}

function connect() {
  say("connecting");
  socket = new WebSocket(page.dataset.live);
  socket.onopen = () => socket.send(JSON.stringify({ token: page.dataset.token, language: document.documentElement.lang }));
  socket.onmessage = ({ data }) => heard(JSON.parse(data));
  socket.onclose = () => {
    if (recorder && recorder.state !== "inactive") recorder.stop();
    if (over) return;
    say("lost");
    setTimeout(connect, AGAIN);
  };
}

function heard(words) {
  if (words.refused) { over = true; state.textContent = words.refused; page.dataset.now = "refused"; return stop(); }
  if (words.live) { say("on"); end.hidden = false; record(); }
  if (words.over) { over = true; say(agree.elements.agreed.checked ? "over" : "overUnkept"); stop(); }
  if (words.rooms) draw(words.rooms);
  if (words.said) {
    const line = document.createElement("li");
    line.textContent = `${words.name}：${words.said}`;
    document.getElementById("said").append(line);
  }
}

function draw(rooms) {
  document.getElementById("nobody").hidden = rooms.length > 0;
  // They come with raised hands first, in the order in which they rose.
  document.getElementById("rooms").replaceChildren(...rooms.map((one) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = one.called ? `${one.name} · ${page.dataset.called}` : one.hand ? `${one.name} · ${page.dataset.hand}` : one.name;
    if (one.hand) name.className = "up";
    const call = document.createElement("button");
    call.type = "button";
    call.className = "button";
    call.textContent = one.called ? page.dataset.down : page.dataset.call;
    call.onclick = () => socket.send(JSON.stringify({ call: one.room, called: !one.called }));
    line.append(name, call);
    return line;
  }));
}

function stop() {
  if (recorder && recorder.state !== "inactive") recorder.stop();
  for (const track of camera?.getTracks() ?? []) track.stop();
  end.hidden = true;
}

begin.onclick = async () => {
  if (!window.MediaRecorder || !navigator.mediaDevices || !KINDS.some((one) => MediaRecorder.isTypeSupported(one))) return say("noRecorder");
  begin.disabled = true;
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 15 }, audio: true });
  } catch {
    begin.disabled = false;
    return say("noCamera");
  }
  // Nothing is sent before the answer is kept: what the teacher does not want recorded never is.
  const answered = await fetch(agree.action, { method: "POST", body: new FormData(agree) }).catch(() => null);
  agree.elements.key.value = crypto.randomUUID();
  if (!answered?.ok) {
    begin.disabled = false;
    if (answered) state.textContent = await answered.text(); else say("failed");
    return stop();
  }
  agree.elements.agreed.disabled = true;
  mine.srcObject = camera;
  begin.hidden = true;
  connect();
};
// The last piece goes first, then the word that it is over.
end.onclick = () => {
  end.disabled = true;
  recorder.onstop = () => setTimeout(() => socket.send(JSON.stringify({ end: true })), PIECE);
  recorder.stop();
};
