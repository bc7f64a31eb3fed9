// A candle for five minutes. Without this file any clock will do.

const turn = document.querySelector("[data-minutes]");
const light = document.querySelector(".light");
const STEP_MS = 1000;
let bell;

if (turn && light) {
  light.hidden = false;
  light.querySelector("[data-light]").addEventListener("click", burn);
}

// A browser makes no sound that nobody asked for: the bell is made ready by the tap that lights.
function burn(event) {
  const candle = turn.querySelector(".candle");
  const lasts = turn.dataset.minutes * 60_000;
  const began = Date.now();
  event.currentTarget.hidden = true;
  candle.classList.add("lit");
  if (light.querySelector("[data-bell]").checked) bell = ready();
  const going = setInterval(() => {
    const left = Math.max(0, 1 - (Date.now() - began) / lasts);
    candle.style.setProperty("--left", `${left * 100}%`);
    if (left > 0) return;
    clearInterval(going);
    over(candle);
  }, STEP_MS);
}

light?.querySelector("[data-bell]").addEventListener("change", (event) => {
  bell = event.currentTarget.checked ? (bell ?? ready()) : undefined;
});

function over(candle) {
  const said = light.querySelector("[data-over]");
  candle.classList.remove("lit");
  said.classList.remove("vh");
  said.textContent = said.dataset.over;
  ring();
}

function ready() {
  return window.AudioContext ? new AudioContext() : undefined;
}

// Two soft tones, one over the other, that fade.
function ring() {
  if (!bell) return;
  bell.resume();
  for (const [hertz, loud] of [[528, 0.12], [1056, 0.04]]) {
    const tone = bell.createOscillator();
    const fade = bell.createGain();
    tone.frequency.value = hertz;
    fade.gain.setValueAtTime(loud, bell.currentTime);
    fade.gain.exponentialRampToValueAtTime(0.0001, bell.currentTime + 4);
    tone.connect(fade).connect(bell.destination);
    tone.start();
    tone.stop(bell.currentTime + 4);
  }
}
