// A soft bell: two tones, one over the other, that fade. Made here, so there is no file to fetch.

const LASTS_S = 4;

export class Bell {
  isSilent = false;
  #sound = null;

  // A browser makes no sound before it was touched: call this when it is.
  ready() {
    this.#sound ??= window.AudioContext ? new AudioContext() : null;
  }

  ring() {
    if (this.isSilent || !this.#sound) return;
    this.#sound.resume();
    for (const [hertz, loud] of [[528, 0.12], [1056, 0.04]]) this.#tone(hertz, loud);
  }

  #tone(hertz, loud) {
    const { currentTime } = this.#sound;
    const tone = this.#sound.createOscillator();
    const fade = this.#sound.createGain();
    tone.frequency.value = hertz;
    fade.gain.setValueAtTime(loud, currentTime);
    fade.gain.exponentialRampToValueAtTime(0.0001, currentTime + LASTS_S);
    tone.connect(fade).connect(this.#sound.destination);
    tone.start();
    tone.stop(currentTime + LASTS_S);
  }
}
