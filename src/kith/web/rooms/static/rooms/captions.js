// Captions, only where the browser makes them on this device: nobody's voice goes to anybody else
// for it. Where it cannot, there is no button.

import { say } from "./said.js";

const Recognition = window.SpeechRecognition;
const lang = document.documentElement.lang || "en";
const HERE = { langs: [lang], processLocally: true };

async function available() {
  if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return "unavailable";
  return Recognition.available(HERE).catch(() => "unavailable");
}

export async function captions(button, line, streams) {
  let going = [];
  if ((await available()) === "unavailable") return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isOn = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isOn));
    line.hidden = isOn;
    for (const one of going) one.abort();
    going = [];
    if (isOn) return say("captionsOff");
    if ((await available()) !== "available") {
      say("captionsFetch");
      await Recognition.install(HERE);
    }
    going = streams().map(({ name, stream }) => listen(name, stream, line));
    say("captionsOn");
  });
}

function listen(name, stream, line) {
  const ear = new Recognition();
  Object.assign(ear, { lang, continuous: true, interimResults: true, processLocally: true });
  ear.onresult = ({ results }) => {
    line.textContent = `${name}: ${results[results.length - 1][0].transcript}`;
  };
  ear.onend = () => line.hidden || ear.start(stream.getAudioTracks()[0]);
  ear.start(stream.getAudioTracks()[0]);
  return ear;
}
