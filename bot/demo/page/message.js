/** A message in the log: its bubble, the message that it replies to, its buttons. */

import { element, icon, iconButton } from "./dom.js";
import { fileLine, photo } from "./files.js";
import { richText } from "./rich-text.js";
import { clock, say } from "./texts.js";

const HUES = 6;

/** Build the round picture of a person or a chat: the first letter, or the bot's icon. */
export function avatar({ id, is_bot: isBot, title, first_name: name }) {
  if (isBot) return element("span", { className: "avatar bot" }, icon("quote"));
  const hue = Math.abs(id) % HUES;
  return element("span", { className: `avatar hue-${hue}`, "aria-hidden": "true" }, (title ?? name)[0]);
}

/**
 * Build the list item of a message. `own` says whether the speaker has written it, `group` whether
 * it is in a group. `actions` are functions: `reply(message)`, `edit(message)`, `command(text)` for
 * a command that is clicked, `jump(id)` to the message it replies to, `copy(text)` and
 * `press(message, data, button)` for its buttons.
 */
export function messageItem(message, { own, group, actions }) {
  const item = element("li", { className: `message ${own ? "own" : "other"}` });
  item.dataset.id = message.message_id;
  item.dataset.sender = message.from.id;
  item.dataset.date = message.date;
  if (group && !own) item.append(avatar(message.from));
  item.append(bubble(message, group && !own, actions));
  if (own) item.ondblclick = () => actions.edit(message);
  const label = say("replyTo", message.from.first_name);
  item.append(iconButton("reply", label, () => actions.reply(message)));
  if (message.reply_markup) item.append(keyboard(message, actions));
  return item;
}

function bubble(message, named, actions) {
  const parts = [];
  if (named) {
    const hue = message.from.is_bot ? "bot" : `hue-${message.from.id % HUES}`;
    parts.push(element("p", { className: `sender ${hue}` }, message.from.first_name));
  }
  const { reply_to_message: replied, via_bot: via, document: file, photo: sizes } = message;
  if (via) parts.push(element("p", { className: "via" }, say("via", via.username)));
  if (replied && !replied.forum_topic_created) parts.push(quoted(replied, actions));
  if (file) parts.push(fileLine(file));
  if (sizes?.length) parts.push(photo(sizes, say("photo")));
  const words = message.text ?? message.caption ?? (file || sizes?.length ? "" : say("noText"));
  const text = richText(words, message.entities ?? message.caption_entities ?? [], actions.command);
  parts.push(element("div", { className: "text" }, text, stamp(message)));
  return element("article", { className: "bubble", "aria-label": message.from.first_name }, ...parts);
}

function quoted(message, actions) {
  return element(
    "button",
    { type: "button", className: "quoted", onclick: () => actions.jump(message.message_id) },
    element("strong", {}, message.from.first_name),
    element("span", {}, firstLine(message)),
  );
}

/** Return the beginning of a message as one line. */
export function firstLine({ text, caption, document: file, photo: sizes }) {
  return (text ?? caption ?? file?.file_name ?? say(sizes?.length ? "photo" : "noText")).slice(0, 160).replace(/\s+/g, " ");
}

function stamp(message) {
  const time = clock(message.date);
  const dateTime = new Date(message.date * 1000).toISOString();
  const edited = message.edit_date ? `${say("edited")} ` : "";
  return element("span", { className: "stamp" }, edited, element("time", { dateTime }, time));
}

function keyboard(message, actions) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    element("div", {}, ...row.map((button) => keyboardButton(message, button, actions))),
  );
  return element("div", { className: "keyboard" }, ...rows);
}

function keyboardButton(message, button, actions) {
  if (button.url) {
    const href = /^(https?|tg):/i.test(button.url) ? button.url : "about:blank";
    return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
  }
  const node = element("button", { type: "button" }, button.text);
  if (button.copy_text) node.append(icon("copy"));
  node.onclick = () =>
    button.copy_text
      ? actions.copy(button.copy_text.text)
      : actions.press(message, button.callback_data, node);
  return node;
}
