/** The part of the page to write in: text, command menu, questions to try, choice of speaker. */

import { byId, element } from "./dom.js";
import { Menu } from "./menu.js";
import { Target } from "./target.js";
import { say } from "./texts.js";

const text = byId("text");
const ideas = byId("ideas");

export class Composer {
  /**
   * Take the state of the page and what the composer needs to act:
   * `send(text, replyTo)` posts a message, `change(message, text)` edits one,
   * `attach(file, caption)` sends a file, `speakAs(person)` changes the speaker, and `inline`
   * is the `Inline` that offers excerpts for the typed text.
   */
  constructor(state, { send, change, attach, speakAs, inline }) {
    Object.assign(this, { state, send, change, attach, speakAs, inline });
    this.commands = [];
    this.menu = new Menu(byId("commands"), { eager: true, onToggle: (open) => this.toggled(open) });
    this.target = new Target(() => this.forget());
    text.oninput = () => this.changed();
    text.onkeydown = (event) => this.pressed(event);
    byId("composer").onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    byId("open-commands").onclick = () => this.showCommands(this.menu.isOpen ? [] : this.commands);
    byId("open-ideas").onclick = () => this.showIdeas(ideas.hidden);
    byId("attach").onclick = () => byId("file").click();
    byId("file").onchange = () => this.attachFile();
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".dock")) this.closePanels();
    });
  }

  /** Reset everything for the chat that was opened. */
  open() {
    const { room, speaker } = this.state;
    this.forget();
    this.closePanels();
    text.placeholder = say(room.isGroup ? "messageInGroup" : "message");
    byId("speakers").hidden = !room.isGroup;
    byId("speaker-choice").replaceChildren(...room.people.map((person) => this.choice(person, speaker)));
    this.changed();
  }

  focus() {
    if (!matchMedia("(pointer: coarse)").matches) text.focus(); // on a phone the keyboard would cover half the page
  }

  /** Make the next text a reply to `message`. */
  reply(message) {
    this.forget();
    this.target.set(message);
    text.focus();
  }

  /** Make the next text the new wording of `message`, if the speaker has written it. */
  edit(message) {
    if (!message?.text || !this.state.isOwn(message) || message.via_bot) return;
    this.target.set(message, true);
    this.write(message.text);
  }

  /** Make the next text neither a reply nor an edit; the text of an edit is dropped. */
  forget() {
    const wasEdit = this.target.edited;
    this.target.set(null);
    if (wasEdit) this.write("");
  }

  /** Replace the text in the field. */
  write(words) {
    text.value = words;
    this.changed();
    text.focus();
  }

  /** Send a text that was clicked, such as a command; in a group it is addressed to the bot. */
  async say(words) {
    const { room, bot } = this.state;
    const named = `@${bot.username}`;
    const direct = words.startsWith("/") ? words.replace(/^\/\w+$/, `$&${named}`) : `${named} ${words}`;
    this.forget();
    await this.post(room.isGroup && !words.includes("@") ? direct : words);
  }

  async submit() {
    const words = text.value;
    if (!words.trim()) return;
    text.value = "";
    if (!(await this.post(words))) text.value ||= words;
    this.changed();
  }

  /** Post or edit; resolves to the message, or to undefined if the server refuses it. */
  async post(words) {
    const { repliedId, edited } = this.target;
    this.target.set(null);
    this.closePanels();
    this.changed();
    this.focus();
    return edited ? this.change(edited, words) : this.send(words, repliedId);
  }

  async attachFile() {
    const [file] = byId("file").files;
    byId("file").value = "";
    const caption = text.value;
    if (file && (await this.attach(file, caption)) && text.value === caption) this.write("");
  }

  changed() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
    byId("send").disabled = !text.value.trim();
    const typed = /^\/(\w*)$/.exec(text.value);
    this.showCommands(typed ? this.commands.filter(({ command }) => command.startsWith(typed[1])) : []);
    this.inline.typed(this.target.edited ? "" : text.value);
  }

  pressed(event) {
    if (event.isComposing) return; // the key belongs to an input method
    if (this.menu.pressed(event) || this.inline.menu.pressed(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !text.value) {
      event.preventDefault();
      this.edit(this.lastOwn());
    }
  }

  lastOwn() {
    const messages = [...this.state.room.messages.values()];
    return messages.findLast((message) => this.state.isOwn(message) && message.text && !message.via_bot);
  }

  showCommands(commands) {
    this.menu.show(commands.map((command) => this.option(command)));
    if (this.menu.isOpen) text.focus();
  }

  toggled(open) {
    byId("open-commands").setAttribute("aria-expanded", open);
    if (open) this.showIdeas(false);
  }

  option({ command, description }) {
    const option = element("li", { role: "option" }, element("b", {}, `/${command}`), ` ${description}`);
    option.onclick = () => {
      this.write("");
      this.say(`/${command}`);
    };
    option.complete = () => this.write(`/${command} `);
    return option;
  }

  showIdeas(open) {
    ideas.hidden = !open;
    byId("open-ideas").setAttribute("aria-expanded", open);
    if (!open) return;
    this.menu.close();
    ideas.querySelector("button")?.focus();
  }

  closePanels() {
    this.menu.close();
    this.inline.close();
    this.showIdeas(false);
  }

  /** Close the open panel or, if there is none, drop the reply or edit. */
  close() {
    const panel = this.menu.isOpen || this.inline.menu.isOpen || !ideas.hidden;
    if (panel) this.closePanels();
    else this.forget();
    text.focus();
  }

  choice(person, speaker) {
    const input = element("input", { type: "radio", name: "speaker", value: person.id });
    input.checked = person.id === speaker.id;
    input.onchange = () => this.speakAs(person);
    return element("label", {}, input, element("span", {}, person.first_name));
  }
}
