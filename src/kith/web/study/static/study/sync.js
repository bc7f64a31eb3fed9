// Sends what a check-in left on this device, as soon as there is internet.
import { sendAll } from "./kept.js";

window.addEventListener("online", sendAll);
sendAll();
