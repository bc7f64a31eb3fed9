// The room: who is here, what they send each other, and what this page says of it.

import { captions } from "./captions.js";
import { chat } from "./chat.js";
import { Faces } from "./faces.js";
import { hosting } from "./hosting.js";
import { lobby, stopListening } from "./lobby.js";
import { Media, capFor } from "./media.js";
import { Peer } from "./peer.js";
import { say, told, words } from "./said.js";
import { Signal } from "./signal.js";

const LOST_MS = 30_000;
const UNHEARD_MS = 8000;
const part = (name) => document.querySelector(`[data-${name}]`);
const tab = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
const media = new Media();
const room = part("room");
const faces = new Faces(room);
const peers = new Map();
const waiting = new Map();
const signal = new Signal(told.socket, tab);
const send = (said) => signal.send(said);
const heardWords = chat(room, send);
const drawHosting = hosting(room, send);
let me = { id: "", name: "", host: false };
let ice = told.ice;
let guide;
let wasAway = false;

// ---- who comes and goes ------------------------------------------------------------------------
const HEARS = {
  hello: (said) => greeted(said),
  join: (said) => met(said, true),
  here: (said) => met(said, false),
  bye: ({ id }) => gone(id),
  gone: ({ id }) => unheard(id),
  offer: (said) => toPeer(said),
  answer: (said) => toPeer(said),
  candidate: (said) => toPeer(said),
  state: (said) => stated(said),
  chat: (said) => heardWords(faces.name(said.from), said.words),
  mute: () => askedMute(),
  waits: (said) => waits(said),
  wait: () => outside(),
  "let-in": () => inside(),
};

function greeted(said) {
  me = said;
  ice = said.ice;
  if (wasAway) {
    say("found");
    guide?.hello?.();
  }
  wasAway = false;
  if (said.waits) return outside();
  inside();
  for (const peer of peers.values()) peer.mend();
}

// Whoever was here first offers, unless both came at once: then the two names decide.
function met(said, isNew) {
  const known = peers.get(said.id);
  waiting.delete(said.id);
  if (known?.tab === said.tab) {
    known.isUnheard = false;
    if (!known.isConnected) known.mend();
    state();
    return;
  }
  if (known) forget(said.id);
  const name = said.name || faces.name(said.id);
  faces.add(said.id, name);
  connect(said);
  // Of those who were here first, the first one is said too: nobody is alone any more.
  if (isNew || peers.size === 1) say(known ? "back" : "came", { name });
  state();
  draw();
}

function connect({ id, tab: theirs }) {
  const peer = new Peer({ id, tab: theirs, isPolite: me.id < id, ice, media, send });
  peers.set(id, peer);
  peer.work = Promise.resolve();
  peer.addEventListener("stream", () => {
    faces.show(id, peer.stream);
    faces.hears(id, peer.pc.getReceivers().find((one) => one.track.kind === "audio"));
  });
  peer.addEventListener("state", ({ detail }) => peerChanged(peer, detail));
}

// One after the other: an answer must not overtake the offer before it.
function toPeer(said) {
  const peer = peers.get(said.from);
  if (!peer) return;
  peer.work = peer.work.then(() => peer.hear(said)).catch(() => peer.mend());
}

function peerChanged(peer, now) {
  faces.state(peer.id, { ...(peer.said ?? { mic: true, camera: true }), isLost: now === "failed" });
  clearTimeout(peer.late);
  if (now === "connected") cap();
  if (now === "failed" || (now === "disconnected" && peer.isUnheard)) lost(peer.id);
}

// Their line to the server is away. As long as picture and sound flow, that is all it is.
function unheard(id) {
  const peer = peers.get(id);
  waiting.delete(id);
  if (!peer) return draw();
  peer.isUnheard = true;
  if (!peer.isConnected) lost(id);
}

function lost(id) {
  const peer = peers.get(id);
  say("lost", { name: faces.name(id) });
  clearTimeout(peer.late);
  peer.late = setTimeout(() => peer.isConnected || gone(id), peer.isUnheard ? UNHEARD_MS : LOST_MS);
}

function gone(id) {
  waiting.delete(id);
  if (peers.has(id)) {
    say("left", { name: faces.name(id) });
    forget(id);
  }
  draw();
}

function forget(id) {
  clearTimeout(peers.get(id)?.late);
  peers.get(id)?.close();
  peers.delete(id);
  faces.remove(id);
}

function waits(said) {
  const name = said.name || faces.name(said.id);
  waiting.set(said.id, { id: said.id, name });
  say("waits", { name });
  draw();
}

function stated({ from, mic, camera }) {
  const peer = peers.get(from);
  if (!peer) return;
  peer.said = { mic, camera };
  faces.state(from, peer.said);
}

// ---- what this page shows ----------------------------------------------------------------------
function draw() {
  const here = [...peers.keys()].map((id) => ({ id, name: faces.name(id) }));
  drawHosting(me.host, here, [...waiting.values()]);
  const isMany = room.querySelectorAll("[data-faces] > :not(.me)").length > 1;
  if (isMany && me.id) {
    faces.add(me.id, me.name, { isMe: true });
    showMe();
  }
  part("alone").hidden = here.length > 0;
  guide?.people?.(guidePeople());
  cap();
}

function showMe() {
  const picture = media.track("video");
  faces.show(me.id, picture ? new MediaStream([picture]) : null);
  faces.state(me.id, { mic: media.isHeard, camera: media.isSeen });
}

function state() {
  send({ kind: "state", mic: media.isHeard, camera: media.isSeen });
}

// The picture first: by how much it is made smaller on its way depends on how large it is.
async function cap() {
  await media.fit(peers.size + 1);
  for (const peer of peers.values()) peer.cap(capFor(peers.size + 1));
}

function buttons() {
  label("mic", media.isHeard ? "mute" : "unmute", media.isHeard);
  label("camera", media.isSeen ? "cameraStop" : "cameraStart", media.isSeen);
}

function label(name, key, isOn) {
  part(name).querySelector("span").textContent = words(key);
  part(name).classList.toggle("is-off", !isOn);
}

function askedMute() {
  media.turn("audio", false);
  say("askedMute");
}

media.addEventListener("changed", ({ detail: kind }) => {
  for (const peer of peers.values()) peer.show(kind, media.track(kind));
  buttons();
  showMe();
  state();
});

// ---- the door ----------------------------------------------------------------------------------
function inside() {
  part("lobby").hidden = part("stop").hidden = true;
  room.hidden = false;
  document.body.classList.add("in-room");
  room.querySelector("h1").focus();
  buttons();
  draw();
  if (!peers.size) say("alone");
}

function outside() {
  for (const id of [...peers.keys()]) forget(id);
  stop("waiting", []);
}

// The room is put away, and a sentence says why.
function stop(key, ways) {
  room.hidden = part("lobby").hidden = true;
  document.body.classList.remove("in-room");
  const sign = part("stop");
  sign.hidden = false;
  sign.querySelector("[data-why]").textContent = words(key);
  for (const way of sign.querySelectorAll("[data-way]")) way.hidden = !ways.includes(way.dataset.way);
  sign.querySelector("h1").focus();
}

function over(why) {
  for (const id of [...peers.keys()]) forget(id);
  if (why !== "otherTab") media.stop();
  stop(why, { otherTab: ["here"], full: ["again"], tooMuch: ["again"], stranger: ["again"] }[why] ?? []);
}

function leave() {
  send({ kind: "leave" });
  signal.end();
  for (const peer of peers.values()) peer.close();
  media.stop();
}

async function join() {
  stopListening();
  part("join").disabled = true;
  signal.open();
}

signal.addEventListener("said", ({ detail }) => {
  if (detail.kind.startsWith("guide.")) guide?.receive(detail);
  else HEARS[detail.kind]?.(detail);
});
signal.addEventListener("away", () => {
  if (!room.hidden && !wasAway) say("away");
  wasAway = true;
});
signal.addEventListener("over", ({ detail }) => over(detail));

part("join").addEventListener("click", join);
part("here").addEventListener("click", () => signal.open());
part("again").addEventListener("click", () => location.reload());
part("mic").addEventListener("click", async () => {
  await media.turn("audio", !media.isHeard);
  say(media.why.audio || (media.isHeard ? "unmuted" : "muted"));
});
part("camera").addEventListener("click", async () => {
  await media.turn("video", !media.isSeen);
  say(media.why.video || (media.isSeen ? "camOn" : "camOff"));
});
for (const form of document.querySelectorAll("[data-leave-room]")) form.addEventListener("submit", leave);
addEventListener("pagehide", () => signal.end());

// ---- not okay: fetched when it is asked for, so that it names who is here now ---------------------
part("not-okay").addEventListener("click", async (event) => {
  const sheet = part("sheet");
  event.preventDefault();
  const page = await fetch(told.notOkay);
  const text = await page.text();
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-not-okay-part]");
  if (!found) return location.assign(told.notOkay);
  sheet.querySelector("[data-sheet-in]").replaceChildren(...found.childNodes);
  for (const form of sheet.querySelectorAll("[data-leave-room]")) form.addEventListener("submit", leave);
  sheet.showModal();
});

// ---- captions, the hour, the guide ------------------------------------------------------------------
captions(part("captions"), part("captions-line"), () =>
  [...peers.values()].map((peer) => ({ name: faces.name(peer.id), stream: peer.stream })),
);
const left = told.endsAt - Date.now();
if (left > 0) setTimeout(() => room.hidden || say("hourOver"), left);

function guidePeople() {
  return [me, ...[...peers.keys()].map((id) => ({ id, name: faces.name(id) }))].map(({ id, name }) => ({ id, name }));
}

async function bringGuide() {
  const root = part("guide");
  if (!root?.dataset.guide) return;
  const { Guide } = await import(root.dataset.guide);
  root.hidden = false;
  guide = new Guide(root, {
    me: me.id, people: guidePeople(), send,
  });
}

signal.addEventListener("said", ({ detail }) => {
  if (detail.kind === "hello" && !guide) bringGuide();
});

// ---- the lobby, or straight in --------------------------------------------------------------------
// Whoever rang for somebody, or answered, tapped for it: they go in as soon as they can be heard.
const CALLS = { "#voice": ["audio"], "#video": ["audio", "video"] };
const calls = CALLS[location.hash];
await lobby(media, part("lobby"), calls);
if (calls && media.isHeard) join();
