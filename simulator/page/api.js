// Calls to the control API, and the small helpers everything else is built with.

export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.json()).error ?? answer.statusText);
  return answer.json();
}

export async function post(path, values = {}) {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(values) });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error ?? answer.statusText);
  return result;
}

// All text enters the page through here, as text: nothing a person wrote is ever read as HTML.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

const HUES = ["#2f7d6b", "#8a5a2b", "#5566a8", "#a0496b", "#4b7f3a", "#86509e", "#2c7a96", "#a3542f"];

export function colour(id) {
  return HUES[Math.abs(Number(id)) % HUES.length];
}

export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}

export function avatar(id, name) {
  const made = element("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
  made.style.setProperty("--hue", colour(id));
  return made;
}

const ZONE = "Asia/Jakarta";
const DATE = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const dateWords = (seconds) => DATE.format(new Date(seconds * 1000));
export const timeWords = (seconds) => TIME.format(new Date(seconds * 1000)).replace(":", ".");

export function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  const [number, unit] = kilobytes < 1024 ? [kilobytes, "KB"] : [kilobytes / 1024, "MB"];
  return `${number.toFixed(1).replace(".", ",")} ${unit}`;
}
