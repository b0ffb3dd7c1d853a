// The clock that can be moved and the things that can be broken.
import { persona, state } from "./app.js";
import { $, attempt, make, post, remove, toast } from "./net.js";
import { fullDay, weekday, word } from "./words.js";

const FAULTS = [
  ["429", "429"], ["hang", "timeout"], ["500", "500"], ["hang_after", "timeout, done"],
  ["drop_before", "dropped connection"], ["drop_after", "dropped, done"], ["blocked", "blocked by the user"], ["twice", "twice delivered"],
];
const OFTEN = { next1: { times: 1 }, next3: { times: 3 }, next10: { times: 10 }, chance: { probability: 0.3 } };

let base = null; // {ms, offset, at, flowing}

export function setClock(fresh) {
  if (fresh) {
    const zone = fresh.now.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", "0", "0"];
    const offset = (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60000;
    base = { ms: Date.parse(fresh.now) + offset, at: performance.now(), flowing: fresh.flowing };
  }
  drawClock();
}

function localNow() {
  const passed = base.flowing ? performance.now() - base.at : 0;
  return new Date(base.ms + passed).toISOString(); // shifted: reads as civil time
}

function drawClock() {
  if (!base) return;
  const now = localNow();
  const date = make("span", { textContent: fullDay(now) });
  $("clock").replaceChildren(date, make("b", { textContent: `${weekday(now)} ${now.slice(11, 16)}` }));
  $("clock").setAttribute("datetime", now.slice(0, 16));
  if (document.activeElement !== $("moment")) $("moment").value = now.slice(0, 16);
}

async function move(change) {
  const fresh = await attempt(() => post("clock", change));
  if (fresh) setClock(fresh);
}

export function showFaults(faults) {
  $("in-force").dataset.empty = word("nothing");
  const lines = faults.map((fault) => {
    const technical = FAULTS.find(([kind]) => kind === fault.kind)?.[1] ?? fault.kind;
    return `${word(`f${fault.kind}`)} (${technical}) · ${fault.times === null ? word("always") : word("left", fault.times)}`;
  });
  $("in-force").replaceChildren(...lines.map((text) => make("li", { textContent: text })));
  $("trouble").textContent = lines.join("　");
  $("trouble").hidden = !lines.length;
}

async function breakIt(kind) {
  if (kind === "blocked") {
    const person = persona();
    if (!person) return toast(word("nobody"));
    return attempt(() => post("block", { user_id: person.user_id, blocked: !person.blocked }));
  }
  const order = { kind, ...OFTEN[$("how-often").value], polling: $("polling").checked };
  if (kind === "429") order.retry_after = 3;
  return attempt(async () => showFaults((await post("faults", order)).faults));
}

function faultButton([kind, name]) {
  const button = make("button", { type: "button" }, word(`f${kind}`), make("small", { textContent: name }));
  button.onclick = () => breakIt(kind);
  if (kind === "blocked") button.id = "block";
  return button;
}

export function showBlocked(blocked) {
  $("block")?.setAttribute("aria-pressed", blocked);
}

function toggle(shown) {
  $("tools").classList.toggle("shown", shown);
  $("tools-toggle").setAttribute("aria-expanded", $("tools").classList.contains("shown"));
  if ($("tools").classList.contains("shown")) $("tools-close").focus();
}

export function startTools() {
  const chosen = $("how-often").value;
  $("how-often").replaceChildren(...Object.keys(OFTEN).map((name) => make("option", { value: name, textContent: word(name) })));
  $("how-often").value = chosen || "next3";
  $("faults").replaceChildren(...FAULTS.map(faultButton));
  $("in-force").dataset.empty = word("nothing");
  showBlocked(Boolean(persona()?.blocked));
}

$("plus-day").onclick = () => move({ advance_seconds: 86400 });
$("next-morning").onclick = () => move({ next_at: "08:30" });
$("clock-form").onsubmit = (event) => { event.preventDefault(); move({ set: $("moment").value }); };
$("repair").onclick = () => attempt(async () => showFaults((await remove("faults")).faults));
$("tools-toggle").onclick = () => toggle();
$("tools-close").onclick = () => { toggle(false); $("tools-toggle").focus(); };
document.addEventListener("keydown", (event) => { if (event.key === "Escape") toggle(false); });
setInterval(drawClock, 1000);
