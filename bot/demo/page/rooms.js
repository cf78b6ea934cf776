/** The list of chats, each with its last message and the number of unread ones. */

import { byId, element, icon } from "./dom.js";
import { avatar, firstLine } from "./message.js";
import { clock, say } from "./texts.js";

/** Show the list, with the open chat marked. */
export function showRooms(state) {
  byId("rooms").replaceChildren(...[...state.rooms.values()].map((room) => item(room, state)));
}

/** Build the picture of a chat: the bot's for a private one, a sign for a topic, else a letter. */
export function face(room, bot) {
  if (!room.isGroup) return avatar(bot);
  return room.topic ? element("span", { className: "avatar topic" }, icon("topic")) : avatar(room.chat);
}

function item(room, state) {
  const last = room.lastMessage;
  const link = element(
    "a",
    { href: `#${room.key}`, className: room.topic ? "in-forum" : "" },
    face(room, state.bot),
    element("strong", {}, room.name),
    element("time", {}, last ? clock(last.date) : ""),
    element("span", { className: "last" }, last ? said(last, room, state) : say("noMessages")),
  );
  if (room === state.room) link.setAttribute("aria-current", "true");
  if (room.unread) {
    link.append(element("span", { className: "badge", title: say("unread", room.unread) }, room.unread));
  }
  return element("li", {}, link);
}

function said(message, room, state) {
  const who = state.isOwn(message) ? say("you") : room.isGroup ? message.from.first_name : "";
  return `${who ? `${who}: ` : ""}${firstLine(message)}`;
}
