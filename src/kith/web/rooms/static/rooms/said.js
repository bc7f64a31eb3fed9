// What the page was told by the server, and how it says things.

export const told = JSON.parse(document.getElementById("told").textContent);

export function words(key, given = {}) {
  return told.words[key].replace(/%\((\w+)\)s/g, (_all, name) => given[name] ?? "");
}

// One line that is read aloud; the same words twice in a row are said twice.
export function say(key, given) {
  const line = document.querySelector("#main [data-said]");
  line.textContent = "";
  setTimeout(() => (line.textContent = words(key, given)), 50);
}
