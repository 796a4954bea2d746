// The page: keeps the picture of the world fresh and lays out the phones.
import { dateWords, element, get, post, timeWords } from "./api.js";
import { Phone } from "./phone.js";
import { sheet } from "./sheets.js";

const DEFAULT_SHOWN = 4;
const NARROW = matchMedia("(max-width: 700px)");
const find = (testId) => document.querySelector(`[data-testid="${testId}"]`);

const world = { users: [], groups: [], bot: {}, reload };
const phones = new Map();
let shown = null;
let current = null;
let clockAhead = 0;

async function reload() {
  const state = await get("/control/state");
  Object.assign(world, { users: state.users, groups: state.groups, bot: state.bot });
  setClock(state.clock.now);
  find("robots").checked = state.robots.on;
  shown ??= world.users.slice(0, DEFAULT_SHOWN).map((user) => user.id);
  if (shown.length < DEFAULT_SHOWN && !world.chosen) shown = world.users.slice(0, DEFAULT_SHOWN).map((user) => user.id);
  layOut();
}

let reloadTimer = null;
function reloadSoon() {
  reloadTimer ??= setTimeout(() => { reloadTimer = null; reload(); }, 40);
}

function layOut() {
  const visible = (NARROW.matches ? [current ?? shown[0]] : shown)
    .map((id) => world.users.find((user) => user.id === id)).filter(Boolean);
  for (const [id, phone] of phones) {
    if (!visible.some((person) => person.id === id)) { phone.node.remove(); phones.delete(id); }
  }
  for (const person of visible) {
    if (phones.has(person.id)) phones.get(person.id).update(person);
    else phones.set(person.id, new Phone(person, world));
  }
  placeInOrder(visible.map((person) => phones.get(person.id).node));
  drawPeople();
}

// Nodes already in place stay untouched, so that a field being typed in keeps its focus.
function placeInOrder(nodes) {
  const place = find("phones");
  nodes.forEach((node, index) => {
    if (place.children[index] !== node) place.insertBefore(node, place.children[index] ?? null);
  });
}

function drawPeople() {
  find("people").replaceChildren(...world.users.map((user) =>
    element("button", { type: "button", "data-person": user.id, "aria-pressed": String(phones.has(user.id)), onclick: () => choose(user.id) }, user.name)));
}

function choose(id) {
  world.chosen = true;
  current = id;
  if (NARROW.matches && !shown.includes(id)) shown = [...shown, id];
  else if (!NARROW.matches) shown = shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id];
  layOut();
}

function addPerson() {
  const field = element("input", { placeholder: "Nama lengkap", "aria-label": "Nama lengkap", maxlength: "64", "data-testid": "new-name" });
  const add = async () => {
    const name = field.value.trim();
    if (!name) return;
    close();
    const person = await post("/control/users", { name });
    await reload();
    if (!phones.has(person.id)) choose(person.id);
  };
  const close = sheet(document.body, "Tambah orang", field, element("button", { type: "button", "data-testid": "add-confirm", onclick: add }, "Tambah"));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") add(); });
  field.focus();
}

function setClock(now) {
  clockAhead = now - Date.now() / 1000;
  drawClock();
}

function drawClock() {
  const now = Date.now() / 1000 + clockAhead;
  find("clock").textContent = `${dateWords(now)} ${timeWords(now)}`;
}

function hear(event) {
  switch (event.kind) {
    case "hello": case "person": case "group": case "membership": reloadSoon(); break;
    case "clock": setClock(event.now); break;
    case "robots": find("robots").checked = event.on; break;
    case "answered": phones.get(event.user_id)?.answered(event); return;
  }
  if (event.chat_id == null) return;
  for (const phone of phones.values()) {
    if (phone.person.chats.some((chat) => chat.id === event.chat_id)) phone.hear(event);
  }
}

function listen() {
  const stream = new EventSource("/control/events");
  stream.onmessage = (message) => hear(JSON.parse(message.data));
  stream.onopen = () => { find("offline").hidden = true; for (const phone of phones.values()) phone.refresh(); };
  stream.onerror = () => { find("offline").hidden = false; };
}

for (const button of document.querySelectorAll("[data-forward]")) {
  button.addEventListener("click", () => post("/clock", { forward: Number(button.dataset.forward) }));
}
find("robots").addEventListener("change", (event) => post("/control/robots", { on: event.target.checked }));
find("add-person").addEventListener("click", addPerson);
NARROW.addEventListener("change", layOut);
setInterval(drawClock, 1000);
await reload();
listen();
