// What the pages do beyond links and forms: see the list change with every tick, find a type while typing, watch a job.
"use strict";

const choice = document.getElementById("choice");
const FAILED = "程序没有回应，可能已经关闭。请重新打开程序，再刷新本页。";

async function parts(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// ---------------------------------------------------------------- the choice

function told(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => value !== "" && name !== "find");
  return new URLSearchParams(fields).toString();
}

// Answers given meanwhile stay, and so does the place where somebody types or ticks.
function put(fresh) {
  const old = document.getElementById(fresh.id);
  if (fresh.dataset.key !== undefined && old.dataset.key === fresh.dataset.key) return;
  for (const field of old.querySelectorAll("input[id], select[id]")) {
    const same = fresh.querySelector("#" + CSS.escape(field.id));
    if (same && field.type !== "checkbox" && field.type !== "radio") same.value = field.value;
    else if (same) same.checked = field.checked;
  }
  for (const folded of old.querySelectorAll("details[id][open]")) fresh.querySelector("#" + CSS.escape(folded.id))?.setAttribute("open", "");
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (fresh.dataset.key !== undefined) old.dataset.key = fresh.dataset.key;
  old.replaceChildren(...fresh.childNodes);
  if (focused) (document.getElementById(focused.id) ?? document.getElementById("find"))?.focus();
}

let turn = 0;
async function preview() {
  const mine = ++turn;
  const query = told(choice);
  try {
    const fresh = await parts(`${choice.dataset.preview}?${query}`);
    if (mine !== turn) return; // another tick came meanwhile
    history.replaceState(null, "", `?${query}`);
    for (const part of fresh.querySelectorAll(".part")) put(part);
  } catch {
    if (mine === turn) failed();
  }
}

function failed() {
  const said = document.createElement("span");
  said.className = "failed";
  said.textContent = FAILED;
  document.getElementById("tally").replaceChildren(said);
}

const chosen = () => new FormData(choice).getAll("type").join("\n");

let search = 0;
async function find(field) {
  const mine = ++search;
  const query = new URLSearchParams(new FormData(choice)).toString();
  const before = chosen();
  try {
    const fresh = await parts(`${choice.dataset.types}?${query}`);
    if (mine === search && chosen() !== before) return find(field); // a tick came meanwhile, which this answer does not know
    if (mine === search) document.getElementById("types").replaceChildren(...fresh.getElementById("types").childNodes);
  } catch {
    if (mine === search) failed();
  }
}

function choosing() {
  const field = document.getElementById("find");
  const types = document.getElementById("types");
  let waiting;
  choice.addEventListener("change", (event) => {
    clearTimeout(waiting);
    if (event.target !== field) preview();
  });
  const typed = (event) => {
    if (event.isComposing) return; // pinyin that is still becoming a word
    if (event.target === field) return find(field);
    if (event.target.type !== "text") return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, 250);
  };
  choice.addEventListener("input", typed);
  choice.addEventListener("compositionend", typed);
  field.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    await find(field);
    if (field.value.trim()) types.querySelector("input:not(:checked)")?.click();
  });
  choice.addEventListener("submit", (event) => {
    const gone = event.submitter?.name === "without" ? document.getElementById(`type-${event.submitter.value}`) : null;
    if (event.submitter?.name !== "without") {
      event.preventDefault();
      preview();
    } else if (gone) {
      event.preventDefault();
      gone.click();
    }
  });
  for (const button of choice.querySelectorAll(".go")) button.hidden = true;
  // Papers are of what is chosen now, also where the list has not been drawn yet.
  document.getElementById("paper").addEventListener("formdata", (event) => {
    const names = new Set(Array.from(choice.elements, (one) => one.name));
    for (const name of [...event.formData.keys()]) if (names.has(name) || name.startsWith("fact.")) event.formData.delete(name);
    for (const [name, value] of new FormData(choice)) event.formData.append(name, value);
  });
}

if (choice) choosing();

// ---------------------------------------------------------------- a job

// Only what changes is put in, so that the button to stop keeps the keyboard.
async function watch(part) {
  try {
    const fresh = (await parts(part.dataset.watch)).getElementById(part.id);
    if (!fresh?.dataset.watch) return location.reload();
    part.querySelector("p").textContent = fresh.querySelector("p").textContent;
    part.querySelector("progress").replaceWith(document.adoptNode(fresh.querySelector("progress")));
    setTimeout(watch, 700, part);
  } catch {
    part.querySelector("p").textContent = FAILED;
  }
}

for (const part of document.querySelectorAll("[data-watch]")) setTimeout(watch, 700, part);
