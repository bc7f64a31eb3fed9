// Before the door: does the camera see, does the microphone hear, is there a connection?

import { told, words } from "./said.js";

const GATHER_MS = 5000;
const LEVEL_MS = 120;

export async function lobby(media, root, kinds) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const show = () => shown(media, part);
  media.addEventListener("changed", show);
  for (const kind of ["audio", "video"]) {
    part(kind).addEventListener("change", async (event) => {
      await media.turn(kind, event.target.checked);
      if (kind === "audio") level(media, part("level"));
    });
  }
  part("blur").addEventListener("change", (event) => media.blur(event.target.checked));
  for (const check of ["video-said", "audio-said", "line-said"]) part(check).textContent = words("looking");
  connection(part("line-said"));
  await media.begin(kinds);
  show();
  level(media, part("level"));
  part("join").disabled = false;
}

function shown(media, part) {
  const mirror = part("mirror");
  const picture = media.track("video");
  mirror.srcObject = picture ? new MediaStream([picture]) : null;
  mirror.hidden = !picture;
  part("blur-row").hidden = !media.canBlur;
  part("video").checked = Boolean(picture);
  part("audio").checked = media.isHeard;
  part("level").hidden = !media.isHeard;
  part("video-said").textContent = words(media.why.video || (picture ? "cameraFine" : "cameraOff"));
  part("audio-said").textContent = words(media.why.audio || (media.isHeard ? "micOn" : "micOff"));
}

let hearing;

function level(media, meter) {
  clearInterval(hearing?.timer);
  hearing?.context.close();
  hearing = undefined;
  const sound = media.track("audio");
  if (!sound || !window.AudioContext) return;
  const context = new AudioContext();
  const ear = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([sound])).connect(ear);
  const heard = new Uint8Array(ear.fftSize);
  const timer = setInterval(() => {
    ear.getByteTimeDomainData(heard);
    meter.value = Math.max(...heard.map((one) => Math.abs(one - 128))) / 64;
  }, LEVEL_MS);
  hearing = { context, timer };
}

export function stopListening() {
  clearInterval(hearing?.timer);
  hearing?.context.close();
  hearing = undefined;
}

// A way to this browser, or to a relay that stands for it, is as much as can be known alone.
async function connection(line) {
  if (!window.RTCPeerConnection) return (line.textContent = words("noRooms"));
  const pc = new RTCPeerConnection(told.ice);
  const found = new Set();
  pc.onicecandidate = ({ candidate }) => candidate && found.add(candidate.type);
  pc.createDataChannel("check");
  await pc.setLocalDescription();
  await Promise.race([
    new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done())),
    new Promise((done) => setTimeout(done, GATHER_MS)),
  ]);
  pc.close();
  const said = found.has("relay") ? "lineTurn" : found.size ? "lineFine" : "lineNone";
  line.textContent = words(navigator.onLine ? said : "lineNone");
}
