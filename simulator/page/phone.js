// One person's phone: tabs of chats, the messages of one of them, the field to write in.
import { avatar, dateWords, element, get, post } from "./api.js";
import { composer } from "./composer.js";
import { messageNode } from "./message.js";
import { groupPicker, sheet, showToast } from "./sheets.js";

const SHOWN = 60;
const LONGEST_WAIT = 15000;

export class Phone {
  constructor(person, world) {
    this.person = person;
    this.world = world;
    this.chatId = person.id;
    this.unread = new Map();
    this.drawn = new Map();
    this.waiting = new Map();
    this.reply = null;
    this.owner = element("div", { class: "owner" });
    this.tabs = element("div", { class: "tabs", role: "tablist" });
    this.pin = element("button", { class: "pin", type: "button", hidden: true });
    this.list = element("div", { class: "messages", "data-testid": "messages", tabindex: "0" });
    this.composer = composer(this);
    this.node = element(
      "section",
      { class: "phone", "data-phone": person.id, "data-testid": `phone-${person.id}`, "aria-label": person.name },
      this.owner, this.tabs, this.pin, this.list, this.composer.node,
    );
    this.drawFrame();
    this.refresh();
  }

  get chat() {
    return this.person.chats.find((chat) => chat.id === this.chatId) ?? this.person.chats[0];
  }

  get isGroup() {
    return this.chat.kind !== "private";
  }

  // What the world says of the person has changed.
  update(person) {
    this.person = person;
    if (!person.chats.some((chat) => chat.id === this.chatId)) this.show(this.successor());
    this.drawFrame();
    this.composer.update();
  }

  // A group that became a supergroup goes on under its new id.
  successor() {
    const moved = this.world.groups.find((group) => group.id === this.chatId)?.migrated_to;
    return this.person.chats.some((chat) => chat.id === moved) ? moved : this.person.id;
  }

  show(chatId) {
    this.chatId = chatId;
    this.unread.delete(chatId);
    this.drawn.clear();
    this.list.replaceChildren();
    this.replyTo(null);
    this.drawFrame();
    this.composer.update();
    this.refresh();
  }

  drawFrame() {
    const blocked = this.person.blocked ? "bot diblokir" : "";
    this.owner.replaceChildren(avatar(this.person.id, this.person.name), this.person.name, element("small", {}, blocked));
    this.tabs.replaceChildren(...this.person.chats.map((chat) => this.tab(chat)));
    this.node.dataset.chat = this.chatId;
  }

  tab(chat) {
    const count = this.unread.get(chat.id);
    const attributes = {
      type: "button", role: "tab", "data-chat": chat.id, "aria-selected": String(chat.id === this.chatId),
      title: chat.title, onclick: () => this.show(chat.id),
    };
    const name = element("span", { class: "name" }, chat.title);
    return element("button", attributes, name, count ? element("span", { class: "count" }, String(count)) : null);
  }

  // Something happened in a chat of this person.
  hear(event) {
    if (event.kind === "action") this.showTyping(event);
    else if (event.chat_id === this.chatId) this.refreshSoon();
    else if (event.kind === "message" && event.sender_id !== this.person.id) {
      this.unread.set(event.chat_id, (this.unread.get(event.chat_id) ?? 0) + 1);
      this.drawFrame();
    }
  }

  showTyping(event) {
    if (event.chat_id !== this.chatId) return;
    const status = this.owner.querySelector("small");
    status.textContent = event.action === "typing" ? "mengetik…" : "mengirim berkas…";
    setTimeout(() => this.drawFrame(), 4000);
  }

  refreshSoon() {
    this.timer ??= setTimeout(() => { this.timer = null; this.refresh(); }, 30);
  }

  async refresh() {
    const chatId = this.chatId;
    const view = await get(`/control/chats/${chatId}/messages?last=${SHOWN}&user=${this.person.id}`).catch(() => null);
    if (view && chatId === this.chatId) this.draw(view);
  }

  draw(view) {
    const isFirst = this.drawn.size === 0;
    const nearEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 160;
    const known = this.drawn;
    this.view = view;
    this.drawn = new Map(view.messages.map((message) => [message.message_id, this.drawMessage(message, known, isFirst)]));
    this.list.replaceChildren(...this.withDays(view.messages));
    this.drawPin(view);
    this.composer.setKeyboard(view.keyboard);
    if (isFirst || nearEnd || view.messages.at(-1)?.sender_id === this.person.id) this.list.scrollTop = this.list.scrollHeight;
  }

  // The messages just before and after one.
  neighbours(message) {
    const place = this.view.messages.findIndex((other) => other.message_id === message.message_id);
    return [this.view.messages[place - 1], this.view.messages[place + 1]];
  }

  topicName(thread) {
    return this.view.chat.topics.find((topic) => topic.thread_id === thread)?.name ?? "Topik";
  }

  drawMessage(message, known, isFirst) {
    const before = known.get(message.message_id);
    if (before?.version === message.version && !message.media_group_id) return before;
    const node = messageNode(message, this);
    if (before && before.version !== message.version && !isFirst) node.classList.add("edited-now");
    return { version: message.version, node };
  }

  withDays(messages) {
    if (!messages.length) return [element("div", { class: "welcome" }, this.world.bot.description || "Belum ada pesan.")];
    let day = "";
    return messages.flatMap((message) => {
      const nodes = [];
      if (dateWords(message.date) !== day) {
        day = dateWords(message.date);
        nodes.push(element("div", { class: "day" }, day));
      }
      return [...nodes, this.drawn.get(message.message_id).node];
    });
  }

  drawPin(view) {
    const pinned = view.messages.find((message) => message.message_id === view.chat.pinned.at(-1));
    this.pin.hidden = !pinned;
    if (!pinned) return;
    const count = view.chat.pinned.length;
    this.pin.replaceChildren(element("b", {}, count > 1 ? `Disematkan (${count})` : "Disematkan"), pinned.text.split("\n")[0]);
    this.pin.onclick = () => this.drawn.get(pinned.message_id).node.scrollIntoView({ block: "center" });
  }

  replyTo(message) {
    this.reply = message;
    this.composer.showReply(message);
  }

  async say(text) {
    const reply = this.reply?.message_id;
    this.replyTo(null);
    await this.act("text", { text, chat_id: this.chatId, reply_to: reply });
  }

  async act(action, values = {}) {
    try {
      return await post(`/control/users/${this.person.id}/${action}`, values);
    } catch (error) {
      showToast(this.node, `Tidak bisa: ${error.message}`);
      return null;
    }
  }

  isWaiting(messageId, data) {
    return [...this.waiting.values()].some((tap) => tap.messageId === messageId && tap.data === data);
  }

  async press(message, button) {
    if (button.url) {
      if (!this.follow(button.url)) window.open(button.url, "_blank", "noopener");
      return;
    }
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text);
      showToast(this.node, "Disalin");
      return;
    }
    const values = { chat_id: message.chat_id, message_id: message.message_id, data: button.callback_data };
    const deed = await this.act("tap", values);
    if (deed?.tap && !this.answeredEarly?.has(deed.tap.query_id)) this.waitFor(deed.tap);
  }

  waitFor(tap) {
    this.waiting.set(tap.query_id, { messageId: tap.message_id, data: tap.data });
    this.markWaiting(tap.message_id, tap.data, true);
    setTimeout(() => this.settle(tap.query_id), LONGEST_WAIT);
  }

  settle(queryId) {
    const tap = this.waiting.get(queryId);
    this.waiting.delete(queryId);
    if (tap && !this.isWaiting(tap.messageId, tap.data)) this.markWaiting(tap.messageId, tap.data, false);
  }

  markWaiting(messageId, data, isWaiting) {
    const buttons = this.drawn.get(messageId)?.node.querySelectorAll("button.inline") ?? [];
    for (const button of buttons) if (button.dataset.callback === data) button.classList.toggle("waiting", isWaiting);
  }

  // The bot answered one of this person's taps; perhaps before the tap's own request came back.
  answered(event) {
    (this.answeredEarly ??= new Set()).add(event.query_id);
    this.settle(event.query_id);
    const { text, show_alert: isAlert, url } = event.answer;
    if (text && isAlert) sheet(this.node, null, element("p", {}, text));
    else if (text) showToast(this.node, text);
    if (url) this.follow(url);
  }

  // Open a link of the bot inside of the phone; false for any other link.
  follow(target) {
    if (target.startsWith("/")) {
      this.say(target);
      return true;
    }
    const found = /^https?:\/\/(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/.exec(target);
    if (!found || found[1].toLowerCase() !== this.world.bot.username.toLowerCase()) return false;
    if (new URLSearchParams(found[2]).has("startgroup")) groupPicker(this, target);
    else this.openPrivately(target);
    return true;
  }

  async openPrivately(link) {
    this.show(this.person.id);
    await this.act("open", { link });
  }
}
