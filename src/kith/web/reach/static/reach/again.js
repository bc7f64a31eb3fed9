// Looks again every so often, but never while somebody is about to press something.

const LOOK_MS = 20000;

setInterval(() => {
  if (document.activeElement === document.body) location.reload();
}, LOOK_MS);
