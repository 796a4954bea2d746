// The lower edge of a phone: Start, menu, attachment, field, send.
import { element, get } from "./api.js";
import { sheet } from "./sheets.js";

export function composer(phone) {
  const field = element("textarea", { rows: "1", placeholder: "Tulis pesan", "aria-label": "Tulis pesan", "data-testid": "field" });
  const picker = element("input", { type: "file", hidden: true, "data-testid": "file" });
  const answering = element("div", { class: "answering", hidden: true });
  const custom = element("div", { class: "custom", hidden: true });
  const form = element(
    "form",
    { onsubmit: (event) => { event.preventDefault(); send(phone, field); } },
    element("button", { type: "button", "data-testid": "menu", onclick: () => showMenu(phone) }, "Menu"),
    element("button", { type: "button", class: "attach", "data-testid": "attach", title: "Kirim foto atau dokumen", "aria-label": "Kirim foto atau dokumen", onclick: () => picker.click() }, "+"),
    picker, field,
    element("button", { type: "submit", class: "send", "data-testid": "send" }, "Kirim"),
  );
  const start = element("button", { type: "button", class: "start", "data-testid": "start", onclick: () => phone.act("start") }, "Mulai");
  const node = element("div", { class: "composer" }, answering, form, custom, start);

  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(phone, field);
    }
  });
  picker.addEventListener("change", () => sendFile(phone, picker));

  const update = () => {
    const needsStart = !phone.isGroup && (!phone.person.started || phone.person.blocked);
    start.hidden = !needsStart;
    form.hidden = needsStart;
  };
  update();
  return { node, update, showReply: (message) => showReply(phone, answering, field, message), setKeyboard: (rows) => setKeyboard(phone, custom, rows) };
}

function send(phone, field) {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  phone.say(text);
}

async function sendFile(phone, picker) {
  const file = picker.files[0];
  if (!file) return;
  const isPhoto = ["image/png", "image/jpeg"].includes(file.type);
  const content = await base64(file);
  picker.value = "";
  const values = { name: file.name, mime_type: file.type, content, chat_id: phone.chatId };
  await phone.act(isPhoto ? "photo" : "document", values);
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function showReply(phone, bar, field, message) {
  bar.hidden = !message;
  if (!message) return;
  const close = element("button", { type: "button", "aria-label": "Batal membalas", onclick: () => phone.replyTo(null) }, "✕");
  bar.replaceChildren(element("span", {}, `Membalas ${message.sender}: ${message.text}`), close);
  field.focus();
}

function setKeyboard(phone, custom, rows) {
  custom.hidden = !rows?.length;
  custom.replaceChildren(...(rows ?? []).map((row) => element("div", {}, ...row.map((button) => customButton(phone, button)))));
}

function customButton(phone, button) {
  const press = () => (button.request_contact ? phone.act("contact") : phone.say(button.text));
  return element("button", { type: "button", onclick: press }, button.text);
}

async function showMenu(phone) {
  const commands = await get(`/control/users/${phone.person.id}/commands?chat_id=${phone.chatId}`);
  const buttons = commands.map(({ command, description }) =>
    element("button", { type: "button", "data-command": command, onclick: () => { close(); phone.say(commandText(phone, command)); } },
      `/${command}`, element("small", {}, description)));
  const close = sheet(phone.node, "Menu", ...(buttons.length ? buttons : [element("p", {}, "Belum ada perintah.")]));
}

const commandText = (phone, command) => (phone.isGroup ? `/${command}@${phone.world.bot.username}` : `/${command}`);
