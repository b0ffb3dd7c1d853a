// The messages of the open chat.
import { persona, state } from "./app.js";
import { showKeyboard, startEdit, startReply } from "./composer.js";
import { entitiesToNodes } from "./entities.js";
import { $, attempt, icon, make, post, toast } from "./net.js";
import { showBlocked } from "./tools.js";
import { day, word } from "./words.js";

const PATIENCE = 20000; // ms after which a button stops to look busy
let messages = new Map();
const waiting = new Map(); // query id → button

export function showChat(chat) {
  messages = new Map(chat.messages.map((message) => [message.id, message]));
  renderAll();
  chatState(chat);
  showKeyboard(chat.keyboard, true);
  reveal([...messages.keys()].at(-1));
}

export function renderAll() {
  const nodes = [];
  let last = "";
  for (const message of messages.values()) {
    const today = message.at.slice(0, 10);
    if (today !== last) nodes.push(dayLine(message.at));
    last = today;
    nodes.push(draw(message));
  }
  $("messages").replaceChildren(...nodes);
}

export function chatState(chat) {
  $("phone").classList.toggle("blocked", Boolean(chat.blocked));
  $("unblock").hidden = !chat.blocked;
  showBlocked(Boolean(chat.blocked));
}

export function addMessage(message) {
  if (messages.has(message.id)) return changeMessage(message);
  const near = nearBottom();
  const last = [...messages.values()].at(-1);
  messages.set(message.id, message);
  if (!last || last.at.slice(0, 10) !== message.at.slice(0, 10)) $("messages").append(dayLine(message.at));
  $("messages").append(draw(message));
  if (near || message.out) reveal(message.id);
  else $("down").hidden = false;
  return undefined;
}

export function changeMessage(message) {
  if (!(messages.get(message.id)?.version < message.version)) return;
  const near = nearBottom();
  messages.set(message.id, message);
  const fresh = draw(message);
  fresh.classList.add("changed");
  element(message.id)?.replaceWith(fresh);
  if (near) toBottom();
}

export function dropMessage(message) {
  messages.delete(message.id);
  element(message.id)?.remove();
}

// The bot has answered a tap: a short text, a dialog, or nothing.
export function answered(event) {
  waiting.get(event.query_id)?.classList.remove("waiting");
  waiting.delete(event.query_id);
  if (!event.text) return;
  if (!event.alert) return void toast(event.text);
  $("alert-text").textContent = event.text;
  $("alert").showModal();
}

const element = (id) => $("messages").querySelector(`[data-id="${id}"]`);
const dayLine = (at) => make("div", { className: "day", textContent: day(at) });

function nearBottom() {
  const box = $("messages");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 160;
}

function toBottom() {
  $("messages").scrollTop = $("messages").scrollHeight;
  $("down").hidden = true;
}

// The newest message in view; of one that is higher than the screen, its beginning.
function reveal(id) {
  toBottom();
  const fresh = element(id);
  if (!fresh || fresh.offsetHeight <= $("messages").clientHeight) return;
  $("messages").scrollTop = fresh.offsetTop - $("messages").offsetTop - 6;
  $("down").hidden = nearBottom();
}

function draw(message) {
  const bubble = make("div", { className: "bubble" });
  if (message.reply_to) bubble.append(quote(message.reply_to));
  bubble.append(...attachments(message));
  if (message.text) bubble.append(make("div", { className: "words" }, ...entitiesToNodes(message.text, message.entities)));
  bubble.append(meta(message));
  const box = make("article", { className: `message${message.out ? " out" : ""}${message.rows.length ? " wide" : ""}` }, bubble);
  box.dataset.id = message.id;
  if (message.rows.length) box.append(buttons(message));
  return box;
}

function quote(original) {
  const button = make("button", { type: "button", className: "quote", textContent: original.text });
  button.onclick = () => element(original.id)?.scrollIntoView({ block: "center" });
  return button;
}

function attachments(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message.photo));
  if (message.document) parts.push(file(message.document));
  if (message.sticker) parts.push(make("div", { className: "sticker", textContent: message.sticker.emoji }));
  if (message.location) {
    const { latitude, longitude } = message.location;
    parts.push(make("div", { className: "place" }, icon("place"), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
  }
  return parts;
}

function photo(size) {
  const image = make("img", { src: `/sandbox/file/${size.file_id}`, alt: word("picture"), width: size.width, height: size.height });
  const button = make("button", { type: "button", className: "photo" }, image);
  button.onclick = () => { $("picture-image").src = image.src; $("picture").showModal(); };
  return button;
}

function file(document) {
  const suffix = document.file_name.split(".").at(-1).slice(0, 4).toUpperCase();
  const size = document.file_size < 10240 ? `${document.file_size} B` : `${Math.round(document.file_size / 1024)} KB`;
  const name = make("span", {}, make("b", { textContent: document.file_name }), make("small", { textContent: size }));
  const sign = make("span", { className: "sign", textContent: suffix, ariaHidden: "true" });
  const link = make("a", { className: "file", href: `/sandbox/file/${document.file_id}` }, sign, name);
  link.download = document.file_name;
  return link;
}

function meta(message) {
  const line = make("div", { className: "meta" });
  line.append(action("reply", () => startReply(message)));
  if (message.out && message.text && !message.photo && !message.document) line.append(action("edit", () => startEdit(message)));
  line.append(make("span", { className: "mark" }));
  if (message.edited) line.append(make("span", { textContent: word("edited") }));
  line.append(make("time", { textContent: message.at.slice(11, 16), dateTime: message.at }));
  return line;
}

function action(name, work) {
  const button = make("button", { type: "button", title: word(name) }, icon(name));
  button.setAttribute("aria-label", word(name));
  button.onclick = work;
  return button;
}

function buttons(message) {
  const rows = message.rows.map((row) => make("div", {}, ...row.map((button) => inlineButton(message, button))));
  return make("div", { className: "rows" }, ...rows);
}

function inlineButton(message, button) {
  if (button.url) return make("a", { href: button.url, target: "_blank", rel: "noopener", textContent: `${button.text} ↗` });
  const made = make("button", { type: "button", textContent: button.text });
  made.onclick = () => tap(message, button, made);
  return made;
}

async function tap(message, button, made) {
  made.classList.add("waiting");
  const order = { user_id: state.current, message_id: message.id, data: button.callback_data };
  const sent = await attempt(() => post("tap", order));
  if (sent === null) return void made.classList.remove("waiting");
  waiting.set(sent.query_id, made);
  setTimeout(() => answered({ query_id: sent.query_id }), PATIENCE);
}

let stuck = true; // whether the newest message stays in view when the box changes its height
$("down").onclick = toBottom;
$("messages").onscroll = () => {
  stuck = nearBottom();
  if (stuck) $("down").hidden = true;
};
new ResizeObserver(() => {
  const box = $("messages");
  $("down").style.top = `${box.offsetTop + box.offsetHeight - 54}px`; // above whatever is open below the chat
  if (stuck) toBottom();
}).observe($("messages"));
$("unblock").onclick = () => attempt(() => post("block", { user_id: persona().user_id, blocked: false }));
