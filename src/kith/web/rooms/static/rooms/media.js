// This browser's camera and microphone, and what to say when there is none.

const PICTURE = {
  width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 },
  facingMode: "user",
};
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const WANTS = { video: PICTURE, audio: SOUND };
const REFUSED = {
  NotAllowedError: "NotAllowed", SecurityError: "NotAllowed",
  NotFoundError: "NotFound", OverconstrainedError: "NotFound",
  NotReadableError: "InUse", AbortError: "InUse",
};

// What it can send when so many are in the room: each picture goes to each of the others.
const CAPS = {
  2: { height: 540, bitrate: 1_200_000, fps: 24 },
  3: { height: 360, bitrate: 600_000, fps: 24 },
  4: { height: 240, bitrate: 300_000, fps: 20 },
  5: { height: 240, bitrate: 220_000, fps: 18 },
  6: { height: 180, bitrate: 160_000, fps: 15 },
};

export function capFor(people) {
  return CAPS[Math.min(6, Math.max(2, people))];
}

export class Media extends EventTarget {
  #tracks = { audio: null, video: null };
  // What is asked of the camera, all of it each time: what is left out is forgotten.
  #picture = {};
  // Why there is none: the key of a sentence.
  why = { audio: "", video: "" };

  track(kind) {
    return this.#tracks[kind];
  }

  get isHeard() {
    return Boolean(this.#tracks.audio?.enabled);
  }

  get isSeen() {
    return Boolean(this.#tracks.video);
  }

  // Only what the machine does by itself: cutting people out here costs more than an old phone has.
  get canBlur() {
    const can = this.#tracks.video?.getCapabilities?.().backgroundBlur ?? [];
    return [true, false].every((one) => can.includes(one));
  }

  async blur(isOn) {
    await this.#ask({ backgroundBlur: isOn });
  }

  // All in one question, so that people are asked once; each alone if that fails.
  async begin(kinds = ["audio", "video"]) {
    if (!navigator.mediaDevices) {
      this.why.audio = this.why.video = "notSafe";
      return;
    }
    try {
      const wanted = Object.fromEntries(kinds.map((kind) => [kind, WANTS[kind]]));
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      for (const track of stream.getTracks()) this.#keep(track);
    } catch {
      for (const kind of kinds) await this.#get(kind);
    }
  }

  async turn(kind, isOn) {
    if (kind === "audio" && this.#tracks.audio) this.#tracks.audio.enabled = isOn;
    else if (isOn) await this.#get(kind);
    else this.#drop(kind);
    this.dispatchEvent(new CustomEvent("changed", { detail: kind }));
  }

  stop() {
    this.#drop("audio");
    this.#drop("video");
  }

  // A smaller picture is less work to send to many.
  async fit(people) {
    const { height, fps } = capFor(people);
    const ideal = { height, width: (height * 16) / 9, frameRate: fps };
    await this.#ask(Object.fromEntries(Object.entries(ideal).map(([name, value]) => [name, { ideal: value }])));
  }

  async #ask(more) {
    Object.assign(this.#picture, more);
    await this.#tracks.video?.applyConstraints(this.#picture).catch(() => {}); // as it is, then
  }

  async #get(kind) {
    try {
      const wanted = kind === "video" ? { ...PICTURE, ...this.#picture } : SOUND;
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: wanted });
      this.#keep(stream.getTracks()[0]);
    } catch (error) {
      const name = kind === "video" ? "camera" : "mic";
      this.why[kind] = name + (REFUSED[error.name] ?? "InUse");
    }
  }

  #keep(track) {
    this.#drop(track.kind);
    this.#tracks[track.kind] = track;
    this.why[track.kind] = "";
    // Unplugged, or taken back by its owner.
    track.onended = () => this.turn(track.kind, false);
  }

  #drop(kind) {
    if (!this.#tracks[kind]) return;
    this.#tracks[kind].onended = null;
    this.#tracks[kind].stop();
    this.#tracks[kind] = null;
  }
}
