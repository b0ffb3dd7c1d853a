// The page: who is played, what is open, what the sandbox tells.
import { showChat, addMessage, changeMessage, dropMessage, answered, chatState, renderAll } from "./chat.js";
import { startComposer, showKeyboard } from "./composer.js";
import { $, attempt, get, post } from "./net.js";
import { countUnread, drawPeople, startPeople } from "./people.js";
import { setClock, showFaults, startTools } from "./tools.js";
import { label, switchLanguage, word } from "./words.js";

export const state = { bot: {}, personas: [], commands: {}, current: null };

export const persona = () => state.personas.find((one) => one.user_id === state.current);

let early = null;

export async function choose(userId) {
  state.current = userId;
  location.hash = userId ?? "";
  $("app").className = userId ? "chatting" : "choosing";
  drawPeople();
  header();
  if (!userId) return;
  early = []; // what happens while the chat is being fetched is shown after it
  showChat({ messages: [], keyboard: null });
  const chat = await attempt(() => post("open", { user_id: userId }));
  if (chat === null || state.current !== userId) return;
  showChat(chat);
  const missed = early;
  early = null;
  missed.forEach(show);
  const person = persona();
  if (person) { person.unread = 0; drawPeople(); header(); }
}

export function header() {
  const person = persona();
  $("chat-title").textContent = state.bot.name ?? "";
  $("chat-role").textContent = person ? [person.name, person.role, person.place].filter(Boolean).join(" · ") : "";
  const others = countUnread();
  $("others-unread").textContent = others;
  $("others-unread").hidden = !others;
}

let typingTimer;
function typing() {
  $("chat-role").textContent = word("typing");
  clearTimeout(typingTimer);
  typingTimer = setTimeout(header, 5000);
}

function updatePersona(event) {
  const person = state.personas.find((one) => one.user_id === event.chat_id);
  if (!person) return;
  person.blocked = event.blocked;
  person.unread = event.unread;
  drawPeople();
  if (event.kind !== "action") header();
}

const HERE = {
  message: (event) => {
    addMessage(event.message);
    if (!event.message.out) { header(); read(); }
  },
  edit: (event) => changeMessage(event.message),
  delete: (event) => dropMessage(event.message),
  answer: answered,
  action: typing,
  chat: () => {},
};

function hear(event) {
  if (event.kind === "clock") return setClock(event);
  if (event.kind === "faults") return showFaults(event.faults);
  const here = event.chat_id === state.current;
  if (here && !document.hidden) event.unread = 0;
  if (event.kind !== "action") updatePersona(event);
  if (!here) return undefined;
  return early === null ? show(event) : early.push(event);
}

function show(event) {
  HERE[event.kind]?.(event);
  chatState(event);
  showKeyboard(event.keyboard);
}

let reading = false;
async function read() {
  if (reading || document.hidden) return;
  reading = true;
  await new Promise((done) => { setTimeout(done, 300); });
  reading = false;
  if (state.current) await attempt(() => post("open", { user_id: state.current }));
}

function listen() {
  const source = new EventSource("/sandbox/events");
  let lost = false;
  source.onmessage = (message) => hear(JSON.parse(message.data));
  source.onerror = () => { lost = true; $("offline").hidden = false; };
  source.onopen = async () => {
    $("offline").hidden = true;
    if (lost) await load();
    lost = false;
  };
}

let loaded = false; // later it is the person's choice, also to have nobody open
async function load() {
  const fresh = await get("state");
  Object.assign(state, { bot: fresh.bot, personas: fresh.personas, commands: fresh.commands });
  setClock(fresh);
  showFaults(fresh.faults);
  const asked = Number(location.hash.slice(1));
  const first = loaded ? state.current : state.personas.find((one) => one.first)?.user_id ?? null;
  loaded = true;
  await choose(state.personas.some((one) => one.user_id === asked) ? asked : first);
}

function relabel() {
  label();
  $("language").textContent = word("other");
  $("find-person").placeholder = word("findPerson");
  $("find-person").setAttribute("aria-label", word("findPerson"));
}

$("language").onclick = () => { switchLanguage(); relabel(); drawPeople(); startTools(); setClock(); renderAll(); };
$("back").onclick = () => choose(null);
$("who").onclick = () => choose(null);
document.addEventListener("visibilitychange", () => { if (!document.hidden && state.current) read(); });
window.addEventListener("hashchange", () => {
  const id = Number(location.hash.slice(1)) || null;
  if (id !== state.current) choose(id);
});

relabel();
startPeople();
startTools();
startComposer();
listen();
attempt(load);
