// Telegram's entities (offsets in UTF-16 units, as JavaScript counts) as nodes of the page.
import { sendText } from "./composer.js";
import { make } from "./net.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function entitiesToNodes(text, entities) {
  return build(text, 0, text.length, [...entities]);
}

// Entities are sorted by offset, longer ones first, and nest.
function build(text, from, to, entities) {
  const nodes = [];
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    nodes.push(node(entity, text.slice(entity.offset, end), build(text, entity.offset, end, inner)));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function node(entity, text, children) {
  if (entity.type === "bot_command") {
    const link = make("a", { href: "#", className: "command" }, ...children);
    link.onclick = (event) => { event.preventDefault(); sendText(text); };
    return link;
  }
  if (entity.type === "url" || entity.type === "text_link") {
    return make("a", { href: entity.url ?? text, target: "_blank", rel: "noopener" }, ...children);
  }
  if (entity.type === "spoiler") {
    const hidden = make("span", { className: "spoiler" }, ...children);
    hidden.onclick = () => hidden.classList.add("open");
    return hidden;
  }
  return make(TAGS[entity.type] ?? "span", {}, ...children);
}
