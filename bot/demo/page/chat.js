/** The chat page: the demo's chats as their members see them, kept up to date by the server's events. */

import { Composer } from "./composer.js";
import { byId, element } from "./dom.js";
import { showIdeas } from "./ideas.js";
import { Log } from "./log.js";
import { avatar, firstLine } from "./message.js";
import { call, events } from "./server.js";
import { State } from "./state.js";
import { clock, language, say, speak } from "./texts.js";

const TOAST_MILLISECONDS = 3500;
const ANSWER_MILLISECONDS = 15000;

const state = new State(await call("getRooms"));
const pressed = new Map(); // buttons that wait for the bot, by the number of their query
const log = new Log(state, { reply: (message) => composer.reply(message), press, copy, command: ask });
const composer = new Composer(state, { send, speakAs });

async function send(text, replyTo) {
  return attempt("postMessage", { text, reply_to: replyTo });
}

function ask(text) {
  composer.say(text);
}

function speakAs(person) {
  state.speaker = person;
  log.open();
}

async function press(message, data, button) {
  button.classList.add("waiting");
  setTimeout(() => button.classList.remove("waiting"), ANSWER_MILLISECONDS);
  const query = await attempt("pressButton", { message_id: message.message_id, data });
  if (query) pressed.set(query.id, button);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(say("copied"));
}

/** Act in the open chat as who speaks there; resolves to undefined where the server refuses. */
async function attempt(method, parameters) {
  const actor = { chat_id: state.room.chat.id, user_id: state.speaker.id, language_code: language() };
  try {
    return await call(method, { ...actor, ...parameters });
  } catch (error) {
    toast(error.message);
  }
}

function toast(text) {
  byId("toast").textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (byId("toast").textContent = ""), TOAST_MILLISECONDS);
}

function answered({ query_id: id, text, show_alert: alert }) {
  pressed.get(id)?.classList.remove("waiting");
  if (!text) return;
  if (!alert) return toast(text);
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

/** Show an event that has come while the page is open. */
function show(event) {
  const room = state.apply(event);
  if (event.kind === "commands") loadCommands();
  if (event.kind === "answer") answered(event.data);
  if (room === state.room && event.kind === "message") log.put(event.data.message);
  if (room === state.room && event.kind === "deleted") log.remove(event.data.message_id);
  showRooms();
  showStatus();
}

async function loadCommands() {
  const { id } = state.room.chat;
  composer.commands = await call("getCommands", { chat_id: id, language_code: language() });
}

function showRooms() {
  byId("rooms").replaceChildren(...[...state.rooms.values()].map(roomItem));
}

function roomItem(room) {
  const last = room.lastMessage;
  const who = last && (state.isOwn(last) ? say("you") : room.isGroup ? last.from.first_name : "");
  const said = last ? `${who ? `${who}: ` : ""}${firstLine(last)}` : say("noMessages");
  const link = element(
    "a",
    { href: `#${room.chat.id}` },
    room.isGroup ? avatar(room.chat) : avatar(state.bot),
    element("strong", {}, room.name),
    element("time", {}, last ? clock(last.date) : ""),
    element("span", { className: "last" }, said),
  );
  if (room === state.room) link.setAttribute("aria-current", "true");
  if (room.unread) {
    link.append(element("span", { className: "badge", title: say("unread", room.unread) }, room.unread));
  }
  return element("li", {}, link);
}

function showStatus() {
  const { room, bot, online } = state;
  const typing = room.typingUntil > Date.now();
  log.typing(typing);
  byId("welcome").hidden = room.messages.size > 0;
  byId("notice").hidden = online;
  byId("notice").textContent = say("starting");
  const members = room.people.map((person) => person.first_name).join(", ");
  const ready = `${say("bot")} · ${say(online ? "ready" : "startingStatus")}`;
  const quiet = room.isGroup ? say("members", members) : ready;
  byId("room-status").textContent = typing ? say("typing", bot.first_name) : quiet;
  clearTimeout(showStatus.timer);
  if (typing) showStatus.timer = setTimeout(showStatus, room.typingUntil - Date.now() + 50);
}

/** Show the chat that the address names; without one a narrow screen shows the list. */
function open() {
  const named = state.rooms.get(Number(location.hash.slice(1)));
  document.body.classList.toggle("in-chat", Boolean(named));
  state.room = named ?? state.room;
  state.room.unread = 0;
  if (!state.room.people.includes(state.speaker)) state.speaker = state.room.people[0];
  byId("room-name").textContent = state.room.name;
  byId("room-avatar").replaceWith(
    Object.assign(state.room.isGroup ? avatar(state.room.chat) : avatar(state.bot), { id: "room-avatar" }),
  );
  showIdeas(state, ask);
  log.open();
  composer.open();
  showRooms();
  showStatus();
  loadCommands();
}

function lost() {
  byId("notice").hidden = false;
  byId("notice").textContent = say("lost");
}

function setLanguage(code) {
  localStorage.setItem("language", code);
  speak(code);
  open();
}

for (const input of document.querySelectorAll("input[name=language]")) {
  input.onchange = () => setLanguage(input.value);
}
byId("back-to-list").onclick = () => (location.hash = "");
window.onhashchange = () => {
  open();
  if (location.hash) composer.focus();
};

const preferred = localStorage.getItem("language") ?? (navigator.language.startsWith("vi") ? "vi" : "en");
document.querySelector(`input[name=language][value=${preferred}]`).checked = true;
let opened = false;
for await (const batch of events(lost)) {
  if (opened) {
    batch.forEach(show);
  } else {
    batch.forEach((event) => state.apply(event));
    for (const room of state.rooms.values()) room.unread = 0;
    setLanguage(preferred);
    composer.focus();
    opened = true;
  }
}
