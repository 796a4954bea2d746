// Texts with entities, and rich messages, as DOM nodes.
import { dateWords, element, timeWords } from "./api.js";

const STYLES = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", marked: "mark",
  subscript: "sub", superscript: "sup",
};

// Entity offsets are UTF-16 code units, which is what JavaScript strings are made of.
export function formatted(text, entities, follow) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nested(text, 0, text.length, ordered, follow);
}

function nested(text, start, end, entities, follow) {
  const nodes = [];
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at) continue;
    nodes.push(text.slice(at, entity.offset));
    const inside = nested(text, entity.offset, stop, entities, follow);
    nodes.push(styled(entity, text.slice(entity.offset, stop), inside, follow));
    at = stop;
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((node) => node !== "");
}

function styled(entity, covered, inside, follow) {
  if (STYLES[entity.type]) return element(STYLES[entity.type], {}, ...inside);
  switch (entity.type) {
    case "spoiler": return element("span", { class: "spoiler", tabindex: "0" }, ...inside);
    case "text_link": return link(entity.url, inside, follow);
    case "url": return link(covered, inside, follow);
    case "bot_command": return commandLink(covered, inside, follow);
    case "date_time": return element("time", {}, ...(inside.length ? inside : [moment(entity.unix_time)]));
    default: return element("span", { class: entity.type }, ...inside);
  }
}

function link(target, inside, follow) {
  const address = /^[a-z]+:/i.test(target) ? target : `https://${target}`;
  const isSafe = /^(https?|tg|mailto|tel):/i.test(address);
  const click = (event) => { if (follow(address)) event.preventDefault(); };
  return element("a", { href: isSafe ? address : "#", target: "_blank", rel: "noopener noreferrer", onclick: click }, ...inside);
}

function commandLink(command, inside, follow) {
  const click = (event) => { event.preventDefault(); follow(command); };
  return element("a", { href: "#", class: "command", onclick: click }, ...inside);
}

const moment = (seconds) => `${dateWords(seconds)} ${timeWords(seconds)}`;

export function richMessage(message, follow) {
  return message.blocks.map((block) => richBlock(block, follow));
}

function richBlock(block, follow) {
  const words = () => richText(block.text, follow);
  switch (block.type) {
    case "heading": return element(`h${block.size}`, {}, ...words());
    case "divider": return element("hr");
    case "pre": return element("pre", {}, ...words());
    case "footer": return element("footer", {}, ...words());
    case "pullquote": return element("blockquote", {}, ...words());
    case "blockquote": return element("blockquote", {}, ...richMessage(block, follow));
    case "list": return richList(block, follow);
    case "table": return richTable(block, follow);
    case "details": return element("details", { open: block.is_open },
      element("summary", {}, ...richText(block.summary, follow)), ...richMessage(block, follow));
    default: return element("p", {}, ...words());
  }
}

function richList(block, follow) {
  const first = block.items[0]?.value;
  const items = block.items.map((item) => {
    const box = item.has_checkbox ? element("input", { type: "checkbox", disabled: true, checked: item.is_checked }) : null;
    return element("li", {}, box, ...richMessage(item, follow));
  });
  return first == null ? element("ul", {}, ...items) : element("ol", { start: first }, ...items);
}

function richTable(block, follow) {
  const rows = block.cells.map((row) => element("tr", {}, ...row.map((cell) => richCell(cell, follow))));
  const caption = block.caption ? element("caption", {}, ...richText(block.caption, follow)) : null;
  return element("div", { class: "table" }, element("table", {}, caption, element("tbody", {}, ...rows)));
}

function richCell(cell, follow) {
  const spans = { colspan: cell.colspan, rowspan: cell.rowspan, class: `${cell.align} ${cell.valign}` };
  return element(cell.is_header ? "th" : "td", spans, ...richText(cell.text ?? "", follow));
}

function richText(text, follow) {
  if (typeof text === "string") return [text];
  if (Array.isArray(text)) return text.flatMap((part) => richText(part, follow));
  if (!text) return [];
  const inside = richText(text.text, follow);
  return [styled(text.type === "url" ? { ...text, type: "text_link" } : text, "", inside, follow)];
}
