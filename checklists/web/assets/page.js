// What the pages do beyond links and forms: see the list change with every tick, find a type while typing, watch a job.
"use strict";

const choice = document.querySelector("[data-preview]");
let asked = 0;

async function preview() {
  const turn = ++asked;
  const fields = [...new FormData(choice)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(fields).toString();
  const answer = await fetch(`${choice.dataset.preview}?${query}`);
  const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return; // another tick came meanwhile
  history.replaceState(null, "", `?${query}`);
  put(parts, "list");
  if (document.getElementById("facts").dataset.key !== parts.getElementById("facts").dataset.key) put(parts, "facts");
}

function put(parts, id) {
  document.getElementById(id).replaceWith(document.adoptNode(parts.getElementById(id)));
}

if (choice) {
  let waiting;
  choice.addEventListener("change", preview);
  choice.addEventListener("input", (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, 250);
  });
  for (const button of choice.querySelectorAll(".go")) button.hidden = true;
}

for (const field of document.querySelectorAll("[data-filter]")) {
  const within = document.querySelector(field.dataset.filter);
  field.addEventListener("input", () => {
    const typed = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of within.querySelectorAll("[data-words]")) {
      const fits = typed.every((part) => one.dataset.words.includes(part));
      one.hidden = !fits && !one.querySelector("input").checked;
      shown += fits;
    }
    for (const group of within.querySelectorAll(".group")) group.hidden = !group.querySelector("[data-words]:not([hidden])");
    within.querySelector(".none").hidden = shown > 0;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = [...within.querySelectorAll("[data-words]:not([hidden]) input")].find((box) => !box.checked);
    if (first) first.click();
  });
}

async function watch(part) {
  const answer = await fetch(part.dataset.watch);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh) return location.reload();
  part.replaceWith(document.adoptNode(fresh));
  if (fresh.dataset.watch) setTimeout(watch, 700, fresh);
  else location.reload();
}

for (const part of document.querySelectorAll("[data-watch]")) setTimeout(watch, 700, part);
