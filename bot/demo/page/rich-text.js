/** The text and entities of a message as elements. Offsets count UTF-16 units, as in JavaScript. */

import { element } from "./dom.js";
import { say } from "./texts.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE_LINK = /^(https?|tg|mailto):/i;

/** Build the nodes of a text; `onCommand(text)` is called for a command that is clicked. */
export function richText(text, entities, onCommand) {
  const fragment = document.createDocumentFragment();
  fill(fragment, { text, onCommand }, 0, text.length, nested(entities));
  return fragment;
}

/** Turn entities into a tree; one that reaches beyond the end of another is cut in two. */
function nested(entities) {
  const tree = [];
  let queue = entities.map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  while (queue.length) {
    const [outer, ...others] = queue.sort((a, b) => a.offset - b.offset || b.end - a.end);
    const inside = others.filter((entity) => entity.offset < outer.end);
    const beyond = others.filter((entity) => entity.end > outer.end);
    const clipped = inside.map((entity) => span(entity, entity.offset, Math.min(entity.end, outer.end)));
    tree.push({ ...outer, children: nested(clipped) });
    queue = beyond.map((entity) => span(entity, Math.max(entity.offset, outer.end), entity.end));
  }
  return tree;
}

const span = (entity, offset, end) => ({ ...entity, offset, end, length: end - offset });

function fill(parent, message, start, end, tree) {
  let position = start;
  let afterBlock = false;
  for (const entity of [...tree, { type: "end", offset: end }]) {
    const block = BLOCKS.has(entity.type);
    let piece = message.text.slice(position, entity.offset);
    // a block starts and ends a line by itself
    if (afterBlock) piece = piece.replace(/^\n/, "");
    if (block) piece = piece.replace(/\n$/, "");
    parent.append(piece);
    if (entity.type !== "end") parent.append(render(entity, message));
    position = entity.end;
    afterBlock = block;
  }
}

function render(entity, message) {
  const text = message.text.slice(entity.offset, entity.end);
  const node = wrapper(entity, text, message.onCommand);
  fill(node, message, entity.offset, entity.end, entity.children);
  return entity.type === "expandable_blockquote" ? expandable(node) : node;
}

function wrapper(entity, text, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url);
    case "url":
      return link(/^https?:/i.test(text) ? text : `https://${text}`);
    case "email":
      return link(`mailto:${text}`);
    case "bot_command":
      return element("button", { type: "button", className: "command", onclick: () => onCommand(text) });
    case "spoiler":
      return spoiler();
    case "expandable_blockquote":
      return element("div");
    default:
      return element(TAGS[entity.type] ?? "span", { className: entity.type });
  }
}

function link(href) {
  if (!SAFE_LINK.test(href)) return element("span");
  return element("a", { href, title: href, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const node = element("button", { type: "button", className: "spoiler", "aria-expanded": "false" });
  node.setAttribute("aria-label", say("hidden"));
  node.onclick = () => {
    const shown = node.classList.toggle("shown");
    node.setAttribute("aria-expanded", shown);
    if (shown) node.removeAttribute("aria-label");
    else node.setAttribute("aria-label", say("hidden"));
  };
  return node;
}

let quotes = 0;

/** Wrap a quotation so that three lines of it show until a button is pressed. */
function expandable(body) {
  body.id = `quote-${++quotes}`;
  const toggle = element("button", { type: "button", className: "toggle", "aria-controls": body.id });
  const quote = element("blockquote", { className: "expandable" }, body, toggle);
  const show = (open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", open);
    toggle.textContent = say(open ? "less" : "more");
  };
  toggle.onclick = () => show(!quote.classList.contains("open"));
  show(false);
  new ResizeObserver(() => fit(quote)).observe(body);
  return quote;
}

/** Show the buttons of the long quotations in `node` now, for code that measures it next. */
export function fitQuotations(node) {
  for (const quote of node.querySelectorAll(".expandable")) fit(quote);
}

function fit(quote) {
  const body = quote.firstChild;
  const isLong = quote.classList.contains("open") || body.scrollHeight > body.clientHeight + 2;
  quote.classList.toggle("long", isLong);
}
