// A call between two browsers. Each says "ready"; on hearing it the clinic's side offers, the hospital's answers.
const call = document.getElementById("call");
const state = document.getElementById("call-state");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const say = (name) => { state.textContent = call.dataset[name]; call.dataset.now = name; };
const PAUSE = { connected: 2000, otherwise: 250 };

let peer = null, local = null, last = 0, over = false, met = 0, offer = Date.now();
const theirs = document.getElementById("theirs");
// How long it took from meeting to picture, in milliseconds: what a test and a doubtful doctor can read.
theirs.addEventListener("playing", () => { call.dataset.picture = Math.round(performance.now() - met); });

async function send(body) {
  await fetch(call.dataset.signals, { method: "POST", headers: { "X-CSRFToken": token, "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

function fresh() {
  peer?.close();
  met = performance.now();
  peer = new RTCPeerConnection({ iceServers: JSON.parse(call.dataset.ice) });
  for (const track of local?.getTracks() ?? []) peer.addTrack(track, local);
  if (!local?.getVideoTracks().length) peer.addTransceiver("video", { direction: "recvonly" });
  if (!local?.getAudioTracks().length) peer.addTransceiver("audio", { direction: "recvonly" });
  peer.ontrack = ({ streams }) => { theirs.srcObject = streams[0] ?? null; };
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === "connected") say("connected");
    if (peer.connectionState === "failed") { say("lost"); send({ kind: "ready" }); }
    if (peer.connectionState === "disconnected") say("lost");
  };
  say("connecting");
  return peer;
}

// All ways at once: on one network they are found in milliseconds, and the other side gets one message instead of ten.
async function described(one, description) {
  await one.setLocalDescription(description);
  if (one.iceGatheringState !== "complete") {
    await Promise.race([
      new Promise((done) => { one.onicegatheringstatechange = () => one.iceGatheringState === "complete" && done(); }),
      new Promise((done) => setTimeout(done, 2000)),
    ]);
  }
  return one.localDescription.sdp;
}

async function heard(body) {
  if (body.kind === "ready" && call.dataset.side === "clinic") {
    fresh();
    const mine = peer;
    const sdp = await described(mine, await mine.createOffer());
    if (mine === peer) await send({ kind: "offer", offer: (offer += 1), sdp });
  } else if (body.kind === "ready") {
    // They came after us: they have not heard that we are here.
    if (!peer || peer.connectionState !== "connecting") await send({ kind: "ready" });
  } else if (body.kind === "offer") {
    fresh();
    await peer.setRemoteDescription({ type: "offer", sdp: body.sdp });
    await send({ kind: "answer", offer: body.offer, sdp: await described(peer, await peer.createAnswer()) });
  } else if (body.kind === "answer" && body.offer === offer) {
    // An answer to an earlier offer is none to this one.
    await peer.setRemoteDescription({ type: "answer", sdp: body.sdp });
  } else if (body.kind === "bye") {
    peer?.close();
    peer = null;
    theirs.srcObject = null;
    say("waiting");
  }
}

async function listen() {
  while (!over) {
    try {
      const answer = await fetch(`${call.dataset.signals}?after=${last}`);
      const { messages } = await answer.json();
      for (const one of messages) { last = one.id; await heard(one.body); }
    } catch { say("lost"); }
    await new Promise((done) => setTimeout(done, call.dataset.now === "connected" ? PAUSE.connected : PAUSE.otherwise));
  }
}

async function begin() {
  // What was said before we came is not for us.
  try {
    const { messages } = await (await fetch(`${call.dataset.signals}?after=0`)).json();
    last = messages.at(-1)?.id ?? 0;
  } catch { last = 0; }
  try {
    local = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
    document.getElementById("mine").srcObject = local;
    say("waiting");
  } catch { say("noCamera"); }
  await send({ kind: "ready" });
  listen();
}

function toggle(id, tracks) {
  document.getElementById(id).addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") === "true";
    currentTarget.setAttribute("aria-pressed", String(!on));
    for (const track of tracks()) track.enabled = on;
  });
}

toggle("mute", () => local?.getAudioTracks() ?? []);
toggle("dark", () => local?.getVideoTracks() ?? []);
document.getElementById("leave").addEventListener("click", () => { over = true; send({ kind: "bye" }); peer?.close(); });
begin();
