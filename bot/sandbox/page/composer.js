// The typing box, the keyboard under it, attachments and commands.
import { state } from "./app.js";
import { $, attempt, icon, make, post } from "./net.js";
import { language, word } from "./words.js";

const HOME = { latitude: 25.1508, longitude: 102.0795 };
let context = null; // {kind: "reply" | "edit", message}
let shownKeyboard = "";

export async function sendText(text) {
  if (!text.trim()) return;
  const order = { user_id: state.current, text };
  if (context?.kind === "edit") await attempt(() => post("edit", { ...order, message_id: context.message.id }));
  else await attempt(() => post("send", { ...order, ...replyTo() }));
  stopContext();
}

const replyTo = () => (context?.kind === "reply" ? { reply_to: context.message.id } : {});

export function startReply(message) {
  setContext("reply", message, word("replying"));
}

export function startEdit(message) {
  setContext("edit", message, word("editing"));
  $("text").value = message.text;
  grow();
}

function setContext(kind, message, prefix) {
  context = { kind, message };
  $("context-text").textContent = prefix + (message.text || "…");
  $("context").hidden = false;
  $("text").focus();
}

function stopContext() {
  if (context?.kind === "edit") $("text").value = "";
  context = null;
  $("context").hidden = true;
}

// The bot's keyboard: opens by itself when it is new, as on a phone.
export function showKeyboard(keyboard, force = false) {
  const rows = keyboard?.keyboard ?? [];
  const now = JSON.stringify(rows);
  if (now === shownKeyboard && !force) return;
  shownKeyboard = now;
  $("keys").replaceChildren(...rows.map((row) => make("div", {}, ...row.map(key))));
  $("keys-toggle").hidden = !rows.length;
  openKeys(rows.length > 0);
}

function key(button) {
  const made = make("button", { type: "button", textContent: button.text });
  made.onclick = () => attempt(() => post("press", { user_id: state.current, label: button.text }));
  return made;
}

function openKeys(open) {
  $("keys").hidden = !open;
  $("keys-toggle").setAttribute("aria-expanded", open);
}

function openSheet(button, content) {
  const again = button.getAttribute("aria-expanded") === "true";
  closeSheet();
  if (again) return;
  button.setAttribute("aria-expanded", "true");
  $("sheet").replaceChildren(...content);
  $("sheet").hidden = false;
}

function closeSheet() {
  $("sheet").hidden = true;
  for (const button of [$("attach"), $("commands")]) button.setAttribute("aria-expanded", "false");
}

function choice(name, work) {
  const button = make("button", { type: "button" }, icon(name), word(name));
  button.onclick = work;
  return button;
}

function attachments() {
  return [
    choice("photo", () => { closeSheet(); $("pick-photo").click(); }),
    choice("document", () => { closeSheet(); $("pick-document").click(); }),
    choice("place", () => $("sheet").replaceChildren(placeForm())),
  ];
}

function placeForm() {
  const field = (name) => make("input", { type: "number", step: "any", value: HOME[name], ariaLabel: word(name) });
  const [latitude, longitude] = [field("latitude"), field("longitude")];
  const send = make("button", { type: "button", textContent: word("sendPlace") });
  send.onclick = () => {
    closeSheet();
    const location = { latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber };
    return attempt(() => post("send", { user_id: state.current, location, ...replyTo() }));
  };
  const labelled = (name, input) => make("label", {}, word(name), input);
  return make("div", { className: "place" }, labelled("latitude", latitude), labelled("longitude", longitude), send);
}

export function showCommands() {
  const listed = state.commands[language] ?? state.commands[""] ?? [];
  if (!listed.length) return [make("p", { className: "hint", textContent: word("noCommands") })];
  return listed.map(({ command, description }) => {
    const button = make("button", { type: "button" }, make("code", { textContent: `/${command}` }), description);
    button.onclick = () => { closeSheet(); sendText(`/${command}`); };
    return button;
  });
}

async function refreshCommands() {
  const fresh = await attempt(() => fetch("/sandbox/state").then((answer) => answer.json()));
  if (fresh) state.commands = fresh.commands;
  openSheet($("commands"), showCommands());
}

async function sendFile(kind, input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  const data = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1] ?? "");
    reader.readAsDataURL(file);
  });
  const caption = $("text").value;
  const body = { user_id: state.current, [kind]: { name: file.name, mime: file.type, data }, caption, ...replyTo() };
  if (await attempt(() => post("send", body))) { $("text").value = ""; stopContext(); }
}

function grow() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 2}px`;
}

export function startComposer() {
  $("composer").onsubmit = (event) => {
    event.preventDefault();
    const text = $("text").value;
    $("text").value = "";
    grow();
    closeSheet();
    sendText(text);
  };
  $("text").oninput = grow;
  $("text").onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("composer").requestSubmit();
  };
  $("attach").onclick = () => openSheet($("attach"), attachments());
  $("commands").onclick = refreshCommands;
  $("keys-toggle").onclick = () => openKeys($("keys").hidden);
  $("context-stop").onclick = stopContext;
  $("pick-photo").onchange = () => sendFile("photo", $("pick-photo"));
  $("pick-document").onchange = () => sendFile("document", $("pick-document"));
}
