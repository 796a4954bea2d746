// One message as a bubble with its buttons.
import { colour, dateWords, element, sizeWords, timeWords } from "./api.js";
import { formatted, richMessage } from "./text.js";

export function messageNode(message, context) {
  if (message.service) {
    return element("div", { class: "message service", "data-message": message.message_id }, message.service);
  }
  const isOwn = message.sender_id === context.person.id;
  const kinds = ["message", isOwn ? "own" : "", message.from_bot ? "from-bot" : "", message.rich_message ? "rich" : "", albumPlace(message, context)];
  return element(
    "article",
    { class: kinds.filter(Boolean).join(" "), "data-message": message.message_id, "data-testid": "message" },
    bubble(message, context, isOwn),
    message.buttons.length ? keyboard(message, context) : null,
  );
}

// Files of one album stand as one block.
function albumPlace(message, context) {
  if (!message.media_group_id) return "";
  const [before, after] = context.neighbours(message);
  const joins = (other) => other?.media_group_id === message.media_group_id;
  return `album${joins(before) ? " follows" : ""}${joins(after) ? " leads" : ""}`;
}

function bubble(message, context, isOwn) {
  return element(
    "div",
    { class: "bubble", title: "Klik dua kali untuk membalas", ondblclick: () => context.replyTo(message) },
    context.isGroup && !isOwn ? sender(message) : null,
    message.topic ? element("span", { class: "topic" }, context.topicName(message.topic)) : null,
    message.reply_to ? quote(message.reply_to) : null,
    ...message.files.map(fileNode),
    ...body(message, context),
    stamp(message, isOwn),
  );
}

function sender(message) {
  const made = element("div", { class: "sender" }, message.sender);
  made.style.setProperty("--hue", colour(message.sender_id));
  return made;
}

function quote(replied) {
  return element("div", { class: "quote" }, element("b", {}, replied.sender), element("span", {}, replied.text));
}

function body(message, context) {
  if (message.rich_message) return richMessage(message.rich_message, context.follow);
  if (message.contact) return [element("div", { class: "text" }, `${message.contact.first_name}\n${message.contact.phone_number}`)];
  if (!message.text) return [];
  const entities = message.entities ?? message.caption_entities;
  return [element("div", { class: "text" }, ...formatted(message.text, entities, context.follow))];
}

function fileNode(file) {
  if (file.kind === "photo") return element("img", { class: "photo", src: file.url, alt: "Foto" });
  if (file.kind === "sticker") return element("div", { class: "sticker" }, file.name);
  const ending = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4).toUpperCase() : "FILE";
  const label = element("span", {}, element("b", {}, file.name), element("small", {}, sizeWords(file.size)));
  return element("a", { class: "file", href: file.url, download: file.name }, element("i", {}, ending), label);
}

function stamp(message, isOwn) {
  const edited = message.edit_date ? "diubah " : "";
  const ticks = isOwn ? " ✓✓" : "";
  return element("span", { class: "stamp", title: dateWords(message.date) }, `${edited}${timeWords(message.date)}${ticks}`);
}

function keyboard(message, context) {
  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, context))));
  return element("div", { class: "keyboard" }, ...rows);
}

function inlineButton(message, button, context) {
  const isWaiting = context.isWaiting(message.message_id, button.callback_data);
  const classes = ["inline", button.style ?? "", button.url ? "link" : "", button.copy_text ? "copies" : "", isWaiting ? "waiting" : ""];
  const press = () => context.press(message, button);
  const data = { class: classes.filter(Boolean).join(" "), type: "button", "data-callback": button.callback_data };
  return element("button", { ...data, onclick: press }, button.text);
}
