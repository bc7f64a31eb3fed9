// The connection to one other: picture and sound go from browser to browser, through nobody else.
// "Perfect negotiation": either may offer at any time; of two who do at once, the polite one waits.

const PATIENCE_MS = 3000;

export class Peer extends EventTarget {
  #makesOffer = false;
  #ignores = false;
  #late;
  #cap;

  constructor({ id, tab, isPolite, ice, media, send }) {
    super();
    Object.assign(this, { id, tab, isPolite, media, send, stream: new MediaStream() });
    this.pc = new RTCPeerConnection({ ...ice, bundlePolicy: "max-bundle" });
    this.pc.onnegotiationneeded = () => this.#offer();
    this.pc.onicecandidate = ({ candidate }) =>
      this.send({ kind: "candidate", to: this.id, candidate: candidate?.toJSON() ?? null });
    this.pc.ontrack = ({ track }) => this.#heard(track);
    this.pc.onconnectionstatechange = () => this.#changed();
    if (!isPolite) for (const kind of ["audio", "video"]) this.#bring(kind);
  }

  get isConnected() {
    return this.pc.connectionState === "connected";
  }

  async hear(said) {
    if (said.kind === "candidate") return this.#candidate(said.candidate);
    const clashes = said.kind === "offer" && (this.#makesOffer || this.pc.signalingState !== "stable");
    this.#ignores = !this.isPolite && clashes;
    if (this.#ignores) return;
    if (said.kind === "answer" && this.pc.signalingState !== "have-local-offer") return;
    await this.pc.setRemoteDescription({ type: said.kind, sdp: said.sdp });
    if (said.kind === "offer") await this.#answer();
    await this.cap(this.#cap);
  }

  // Put what this browser shows now in the place of what it showed before.
  async show(kind, track) {
    const line = this.#line(kind);
    if (line) await line.sender.replaceTrack(track);
    if (kind === "video") await this.cap(this.#cap);
  }

  // After the line to the others was away: what was said meanwhile is lost.
  async mend() {
    if (this.isConnected || !(this.pc.remoteDescription || !this.isPolite)) return;
    if (this.pc.signalingState === "have-local-offer") {
      await this.pc.setLocalDescription({ type: "rollback" });
    }
    if (this.pc.remoteDescription) this.pc.restartIce();
    else await this.#offer();
  }

  async cap(cap) {
    this.#cap = cap;
    const sender = this.#line("video")?.sender;
    if (!cap || !sender?.track || this.pc.signalingState !== "stable") return;
    const sent = sender.getParameters();
    if (!sent.encodings?.length) return;
    const height = sender.track.getSettings().height ?? cap.height;
    Object.assign(sent.encodings[0], {
      maxBitrate: cap.bitrate,
      maxFramerate: cap.fps,
      scaleResolutionDownBy: Math.max(1, height / cap.height),
    });
    await sender.setParameters(sent).catch(() => {}); // what it sends already will do
  }

  close() {
    clearTimeout(this.#late);
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  #line(kind) {
    return this.pc.getTransceivers().find((one) => one.receiver.track.kind === kind);
  }

  #bring(kind) {
    this.pc.addTransceiver(this.media.track(kind) ?? kind, { direction: "sendrecv" });
  }

  async #offer() {
    try {
      this.#makesOffer = true;
      await this.pc.setLocalDescription();
      this.send({ kind: "offer", to: this.id, sdp: this.pc.localDescription.sdp });
    } finally {
      this.#makesOffer = false;
    }
  }

  async #answer() {
    for (const line of this.pc.getTransceivers()) {
      line.direction = "sendrecv";
      const track = this.media.track(line.receiver.track.kind);
      if (line.sender.track !== track) await line.sender.replaceTrack(track);
    }
    await this.pc.setLocalDescription();
    this.send({ kind: "answer", to: this.id, sdp: this.pc.localDescription.sdp });
  }

  async #candidate(candidate) {
    try {
      await this.pc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      if (!this.#ignores && this.pc.remoteDescription) throw error;
    }
  }

  #heard(track) {
    this.stream.addTrack(track);
    this.dispatchEvent(new Event("stream"));
  }

  #changed() {
    const state = this.pc.connectionState;
    clearTimeout(this.#late);
    if (state === "failed") this.pc.restartIce();
    if (state === "disconnected") this.#late = setTimeout(() => this.pc.restartIce(), PATIENCE_MS);
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
