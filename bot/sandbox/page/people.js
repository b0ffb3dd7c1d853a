// The list of staff members that can be played.
import { choose, state } from "./app.js";
import { $, make } from "./net.js";
import { word } from "./words.js";

const COLOURS = ["#2f7d5b", "#b3541e", "#1a6bb0", "#7a4f9a", "#8a6d1b", "#2b7a87", "#a03c5a"];
const MANY = 7; // from so many on there is a search box

function colour(role) {
  const roles = [...new Set(state.personas.map((person) => person.role))];
  return COLOURS[roles.indexOf(role) % COLOURS.length];
}

function fits(person, words) {
  const text = `${person.name} ${person.role} ${person.place}`.toLowerCase();
  return words.every((part) => text.includes(part));
}

function row(person) {
  const face = make("span", { className: "face", textContent: person.name.slice(0, 1), ariaHidden: "true" });
  face.style.background = colour(person.role);
  const name = make("b", {}, person.name, make("small", { textContent: person.role }));
  const button = make("button", { type: "button", className: "person" }, face, name);
  button.append(make("span", { className: "last", textContent: [person.place, person.blocked ? word("blocked") : ""].filter(Boolean).join(" · ") }));
  if (person.unread) {
    const badge = make("span", { className: "badge", textContent: person.unread });
    badge.setAttribute("aria-label", word("unread", person.unread));
    button.append(badge);
  }
  button.setAttribute("aria-current", person.user_id === state.current);
  button.onclick = () => choose(person.user_id);
  return make("li", {}, button);
}

export function drawPeople() {
  const words = $("find-person").value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = state.personas.filter((person) => fits(person, words));
  $("find-person").hidden = state.personas.length < MANY;
  $("person-list").replaceChildren(...shown.map(row));
}

export function countUnread() {
  const others = state.personas.filter((person) => person.user_id !== state.current);
  return others.reduce((sum, person) => sum + person.unread, 0);
}

export function startPeople() {
  $("find-person").oninput = drawPeople;
}
