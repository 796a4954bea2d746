// What lies over a phone for a moment: toasts, dialogs, the choice of a group.
import { element, post } from "./api.js";

const TOAST_TIME = 3500;

export function showToast(place, text) {
  place.querySelector(".toast")?.remove();
  const made = element("div", { class: "toast", role: "status", "data-testid": "toast" }, text);
  place.append(made);
  setTimeout(() => made.remove(), TOAST_TIME);
}

// Show a dialog; the answer is the function that closes it.
export function sheet(place, title, ...content) {
  const close = () => veil.remove();
  const closer = element("button", { type: "button", class: "close", "data-testid": "close", onclick: close }, "Tutup");
  const box = element("div", { class: "sheet", role: "dialog", "aria-modal": "true", "data-testid": "dialog" },
    title ? element("h2", {}, title) : null, ...content, closer);
  const veil = element("div", { class: "veil", onclick: (event) => { if (event.target === veil) close(); } }, box);
  place.append(veil);
  closer.focus();
  return close;
}

export function groupPicker(phone, link) {
  const groups = phone.person.chats.filter((chat) => chat.kind !== "private");
  const buttons = groups.map((group) =>
    element("button", { type: "button", "data-group": group.id, onclick: () => { close(); addTo(phone, link, group.id); } }, group.title));
  const create = element("button", { type: "button", "data-testid": "new-group", onclick: () => { close(); newGroup(phone, link); } }, "Buat grup baru…");
  const close = sheet(phone.node, "Tambahkan ke grup yang mana?", ...buttons, create);
}

function newGroup(phone, link) {
  const field = element("input", { value: "Grup Pokja", "aria-label": "Nama grup", maxlength: "120" });
  const make = async () => {
    close();
    const members = phone.world.users.map((user) => user.id);
    const group = await post("/control/groups", { title: field.value.trim() || "Grup Pokja", creator: phone.person.id, members });
    await addTo(phone, link, group.id);
  };
  const close = sheet(phone.node, "Grup baru", field, element("button", { type: "button", onclick: make }, "Buat dan tambahkan"));
  field.select();
}

async function addTo(phone, link, groupId) {
  await phone.act("open", { link, group_id: groupId });
  await phone.world.reload();
  phone.show(groupId);
}
