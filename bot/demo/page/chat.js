/** The chat page: it connects the parts of the page with each other and with the server. */

import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { base64 } from "./files.js";
import { showIdeas } from "./ideas.js";
import { Inline } from "./inline.js";
import { Log } from "./log.js";
import { face, showRooms } from "./rooms.js";
import { call, events } from "./server.js";
import { State } from "./state.js";
import { language, say, speak } from "./texts.js";

const TOAST_MILLISECONDS = 3500;
const ANSWER_MILLISECONDS = 15000;

const state = new State(await call("getRooms"));
const pressed = new Map(); // buttons whose press the bot has not answered yet, by query id
const log = new Log(state, {
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  write: (words) => composer.write(words),
  press,
  copy,
  command: ask,
});
const inline = new Inline(state.bot, { ask: askInline, choose: chooseResult, follow });
const composer = new Composer(state, { send, change, attach, speakAs, inline });
byId("file").accept = (await call("getDocumentSuffixes")).join();

async function send(text, replyTo) {
  return attempt("postMessage", { text, reply_to: replyTo, message_thread_id: state.room.topic });
}

async function change(message, text) {
  return attempt("editMessage", { message_id: message.message_id, text });
}

async function attach(file, caption) {
  const content = await base64(file);
  const topic = state.room.topic;
  return attempt("postFile", { name: file.name, content, caption, message_thread_id: topic });
}

function ask(text) {
  composer.say(text);
}

async function askInline(query, offset) {
  return (await attempt("typeInline", { query, offset }))?.id;
}

async function chooseResult(queryId, resultId) {
  const result = { query_id: queryId, result_id: resultId, message_thread_id: state.room.topic };
  composer.write("");
  return attempt("chooseResult", result);
}

/** Do what a link to the bot does in Telegram: open the private chat and send /start. */
async function follow(parameter) {
  composer.write("");
  location.hash = [...state.rooms.values()].find((room) => !room.isGroup).key;
  open();
  await send(`/start ${parameter}`, 0);
}

/** Open a link to the bot on this page instead of in Telegram. */
function followed(event) {
  const address = event.target.closest("a[href]")?.href ?? "";
  const link = new RegExp(`^https://t\\.me/${state.bot.username}\\?start=([\\w-]+)$`, "i").exec(address);
  if (!link) return;
  event.preventDefault();
  follow(link[1]);
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

/** Call a method as the person who speaks in the open chat; resolves to undefined if refused. */
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

/** Show an event that arrives while the page is open. */
function show(event) {
  const room = state.apply(event);
  if (event.kind === "commands") loadCommands();
  if (event.kind === "answer") answered(event.data);
  if (event.kind === "inline") inline.answered(event.data);
  showRooms(state);
  showStatus(); // before the log scrolls, because it hides parts of the log
  if (room === state.room && event.kind === "message") log.put(event.data.message);
  if (room === state.room && event.kind === "deleted") log.remove(event.data.message_id);
}

async function loadCommands() {
  const { id } = state.room.chat;
  composer.commands = await call("getCommands", { chat_id: id, language_code: language() });
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
  const group = room.topic ? say("topicOf", room.chat.title) : say("members", members);
  const quiet = room.isGroup ? group : ready;
  byId("room-status").textContent = typing ? say("typing", bot.first_name) : quiet;
  clearTimeout(showStatus.timer);
  if (typing) showStatus.timer = setTimeout(showStatus, room.typingUntil - Date.now() + 50);
}

/** Show the chat that the address names; without one, a narrow screen shows the list. */
function open() {
  const named = state.rooms.get(location.hash.slice(1));
  document.body.classList.toggle("in-chat", Boolean(named));
  state.room = named ?? state.room;
  state.room.unread = 0;
  if (!state.room.people.includes(state.speaker)) state.speaker = state.room.people[0];
  byId("room-name").textContent = state.room.name;
  byId("room-avatar").replaceWith(Object.assign(face(state.room, state.bot), { id: "room-avatar" }));
  showIdeas(state, ask);
  log.open();
  composer.open();
  showRooms(state);
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
document.addEventListener("click", followed);
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
