/** Where a person writes: the text, the command menu, the questions to try, who speaks. */

import { byId, element } from "./dom.js";
import { firstLine } from "./message.js";
import { say } from "./texts.js";

const text = byId("text");
const menu = byId("commands");
const ideas = byId("ideas");

export class Composer {
  /** `send(text, replyTo)` posts a message; `speakAs(person)` changes who does. */
  constructor(state, { send, speakAs }) {
    this.state = state;
    this.send = send;
    this.speakAs = speakAs;
    this.commands = [];
    this.chosen = -1;
    this.repliedId = 0;
    text.oninput = () => this.changed();
    text.onkeydown = (event) => this.pressed(event);
    byId("composer").onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    byId("cancel-reply").onclick = () => this.reply(null);
    byId("open-commands").onclick = () => this.showMenu(menu.hidden ? this.commands : []);
    byId("open-ideas").onclick = () => this.showIdeas(ideas.hidden);
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".dock")) this.closePanels();
    });
  }

  /** Start afresh for the chat that is open. */
  open() {
    const { room, speaker } = this.state;
    this.reply(null);
    this.closePanels();
    text.placeholder = say(room.isGroup ? "messageInGroup" : "message");
    byId("speakers").hidden = !room.isGroup;
    byId("speaker-choice").replaceChildren(...room.people.map((person) => this.choice(person, speaker)));
    this.changed();
  }

  focus() {
    if (!matchMedia("(pointer: coarse)").matches) text.focus(); // no keyboard over half a phone
  }

  /** Answer `message` with what is sent next; null takes that back. */
  reply(message) {
    this.repliedId = message?.message_id ?? 0;
    byId("replying").hidden = !message;
    if (!message) return;
    byId("reply-name").textContent = message.from.first_name;
    byId("reply-text").textContent = firstLine(message);
    text.focus();
  }

  /** Send a text as it is, such as a command that was clicked; in a group it names the bot. */
  async say(words) {
    const { room, bot } = this.state;
    const named = `@${bot.username}`;
    const direct = words.startsWith("/") ? words.replace(/^\/\w+$/, `$&${named}`) : `${named} ${words}`;
    await this.post(room.isGroup && !words.includes("@") ? direct : words);
  }

  async submit() {
    const words = text.value;
    if (!words.trim()) return;
    text.value = "";
    this.changed();
    if (!(await this.post(words))) text.value ||= words;
    this.changed();
  }

  /** Post and resolve to whether it was taken. */
  async post(words) {
    const replyTo = this.repliedId;
    this.reply(null);
    this.closePanels();
    this.focus();
    return this.send(words, replyTo);
  }

  changed() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
    byId("send").disabled = !text.value.trim();
    const typed = /^\/(\w*)$/.exec(text.value);
    const fitting = typed ? this.commands.filter(({ command }) => command.startsWith(typed[1])) : [];
    this.showMenu(fitting);
  }

  pressed(event) {
    if (event.isComposing) return; // a key of the input method, not of ours
    if (!menu.hidden && this.pressedInMenu(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  /** Handle a key for the open menu and return whether it was one. */
  pressedInMenu({ key, shiftKey }) {
    const command = menu.children[this.chosen]?.dataset.command;
    if (key === "ArrowDown" || key === "ArrowUp") this.choose(this.chosen + (key === "ArrowDown" ? 1 : -1));
    else if (key === "Enter" && !shiftKey && command) this.pick(command);
    else if (key === "Tab" && !shiftKey && command) this.complete(command);
    else return false;
    return true;
  }

  showMenu(commands) {
    menu.replaceChildren(...commands.map((command, index) => this.option(command, index)));
    menu.hidden = commands.length === 0;
    byId("open-commands").setAttribute("aria-expanded", !menu.hidden);
    if (!menu.hidden) this.showIdeas(false);
    this.choose(menu.hidden ? -1 : 0);
    if (!menu.hidden) text.focus();
  }

  option({ command, description }, index) {
    const name = element("b", {}, `/${command}`);
    const option = element("li", { role: "option", id: `command-${index}` }, name, ` ${description}`);
    option.dataset.command = command;
    option.onclick = () => this.pick(command);
    return option;
  }

  choose(index) {
    const options = [...menu.children];
    this.chosen = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === this.chosen));
    options[this.chosen]?.scrollIntoView({ block: "nearest" });
    if (this.chosen < 0) text.removeAttribute("aria-activedescendant");
    else text.setAttribute("aria-activedescendant", options[this.chosen].id);
  }

  pick(command) {
    text.value = "";
    this.changed();
    this.say(`/${command}`);
  }

  complete(command) {
    text.value = `/${command} `;
    this.changed();
  }

  showIdeas(open) {
    ideas.hidden = !open;
    byId("open-ideas").setAttribute("aria-expanded", open);
    if (!open) return;
    this.showMenu([]);
    ideas.querySelector("button")?.focus();
  }

  closePanels() {
    this.showMenu([]);
    this.showIdeas(false);
  }

  /** Close what is open, innermost first. */
  close() {
    const panel = !menu.hidden || !ideas.hidden;
    if (panel) this.closePanels();
    else this.reply(null);
    text.focus();
  }

  choice(person, speaker) {
    const input = element("input", { type: "radio", name: "speaker", value: person.id });
    input.checked = person.id === speaker.id;
    input.onchange = () => this.speakAs(person);
    return element("label", {}, input, element("span", {}, person.first_name));
  }
}
