// A week painted by finger, mouse or keys: 336 half-hours, the first on Monday at midnight.
// Without this file the boxes for parts of days do the same, only coarser.

const PER_DAY = 48;
const PER_WEEK = 7 * PER_DAY;

const fromHex = (digits) => {
  const bits = BigInt(`0x${digits || "0"}`);
  return Array.from({ length: PER_WEEK }, (_, half) => (bits >> BigInt(half)) & 1n ? true : false);
};
const toHex = (week) =>
  week
    .reduce((bits, isFree, half) => (isFree ? bits | (1n << BigInt(half)) : bits), 0n)
    .toString(16)
    .padStart(PER_WEEK / 4, "0");

function begin(form) {
  const table = form.querySelector("table");
  const field = form.elements.week;
  const clocks = JSON.parse(document.getElementById("clocks").textContent);
  const days = [...table.querySelectorAll("thead .vh")].map((name) => name.textContent);
  const week = fromHex(field.value);
  // Of each box, the half-hours it stands for.
  const halves = new Map();

  const boxes = () => [...table.querySelectorAll("tbody input")];
  const at = (day, half) => (day * PER_DAY + half) % PER_WEEK;

  function show() {
    for (const [box, its] of halves) {
      const free = its.filter((half) => week[half]).length;
      box.checked = free === its.length;
      box.indeterminate = free > 0 && free < its.length;
    }
    field.value = toHex(week);
  }

  function paint(box, isFree) {
    for (const half of halves.get(box)) week[half] = isFree;
    show();
  }

  function said(day, half) {
    const begins = at(day, half);
    return form.dataset.to
      .replace("%day%", days[Math.floor(begins / PER_DAY)])
      .replace("%begins%", clocks[begins % PER_DAY])
      .replace("%ends%", clocks[(begins + 1) % PER_DAY]);
  }

  function halfRow(half) {
    const row = document.createElement("tr");
    row.className = "half";
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = clocks[half % PER_DAY];
    row.append(head);
    for (let day = 0; day < 7; day += 1) {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.tabIndex = -1;
      box.ariaLabel = said(day, half);
      halves.set(box, [at(day, half)]);
      const cell = document.createElement("td");
      cell.append(box);
      row.append(cell);
    }
    return row;
  }

  function fold(body, button) {
    const isOpen = button.ariaExpanded !== "true";
    button.ariaExpanded = String(isOpen);
    for (const row of body.querySelectorAll(".half")) {
      row.querySelectorAll("input").forEach((box) => halves.delete(box));
      row.remove();
    }
    if (isOpen)
      for (let half = +body.dataset.begins; half < +body.dataset.ends; half += 1)
        body.append(halfRow(half));
    show();
    rove(boxes().find((box) => box.tabIndex === 0) ?? boxes()[0]);
  }

  function rove(box) {
    for (const one of boxes()) one.tabIndex = one === box ? 0 : -1;
  }

  function step(from, key) {
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
    const y = rows.findIndex((row) => row.includes(from));
    const x = rows[y].indexOf(from);
    const isRightward = getComputedStyle(table).direction === "ltr";
    const moves = {
      ArrowUp: [y - 1, x],
      ArrowDown: [y + 1, x],
      ArrowLeft: [y, isRightward ? x - 1 : x + 1],
      ArrowRight: [y, isRightward ? x + 1 : x - 1],
      Home: [y, 0],
      End: [y, 6],
    };
    const [row, column] = moves[key] ?? [];
    return rows[row]?.[column];
  }

  for (const body of table.tBodies) {
    const [begins, ends] = [+body.dataset.begins, +body.dataset.ends];
    const its = Array.from({ length: ends - begins }, (_, count) => begins + count);
    body.querySelectorAll("input").forEach((box, day) => {
      box.classList.remove("some");
      box.ariaLabel = `${days[day]}, ${body.querySelector("[data-name]").textContent}`;
      halves.set(box, its.map((half) => at(day, half)));
    });
    const head = body.querySelector("th");
    const button = document.createElement("button");
    button.type = "button";
    button.ariaExpanded = "false";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => fold(body, button));
  }

  // ---- finger and mouse: what the first square becomes, the others become, too ------------------
  const CLICK_WITHIN_MS = 500;
  let brush = null;
  let hasPressed = false;
  const boxUnder = (event) => {
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("td");
    return under && table.contains(under) ? under.querySelector("input") : null;
  };
  table.addEventListener("pointerdown", (event) => {
    const box = boxUnder(event);
    if (!box || event.button) return;
    brush = !box.checked;
    hasPressed = true;
    paint(box, brush);
    rove(box);
  });
  document.addEventListener("pointermove", (event) => {
    const box = brush === null ? null : boxUnder(event);
    if (box && (box.checked !== brush || box.indeterminate)) paint(box, brush);
  });
  for (const kind of ["pointerup", "pointercancel"])
    document.addEventListener(kind, () => {
      brush = null;
      setTimeout(() => (hasPressed = false), CLICK_WITHIN_MS);
    });
  // The press has painted already: its click must not undo that. Keys and listeners only click.
  table.addEventListener("click", (event) => {
    if (hasPressed && event.target.matches("input")) event.preventDefault();
    hasPressed = false;
  });

  // ---- keys ---------------------------------------------------------------------------------------
  table.addEventListener("change", (event) => paint(event.target, event.target.checked));
  table.addEventListener("keydown", (event) => {
    if (!event.target.matches("input")) return;
    const next = step(event.target, event.key);
    if (!next) return;
    event.preventDefault();
    rove(next);
    next.focus();
  });

  table.setAttribute("role", "grid");
  form.elements.is_painted.disabled = false;
  form.classList.add("painted");
  rove(boxes()[0]);
  show();
}

for (const form of document.querySelectorAll("form[data-week]")) begin(form);
