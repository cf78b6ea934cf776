/** Inline mode: "@bot question", typed in any chat, offers excerpts to send. */

import { byId, element, icon } from "./dom.js";
import { Menu } from "./menu.js";
import { say } from "./texts.js";

const PAUSE_MILLISECONDS = 300;

export class Inline {
  /**
   * `ask(query, offset)` sends a query and resolves to its id, `choose(queryId, resultId)` sends
   * a result, `follow(parameter)` opens the private chat for the button above the results.
   */
  constructor(bot, { ask, choose, follow }) {
    this.pattern = new RegExp(`^@${bot.username}\\s+(\\S.*)$`, "is");
    this.ask = ask;
    this.choose = choose;
    this.follow = follow;
    this.menu = new Menu(byId("inline"));
    this.query = "";
    this.waiting = new Map(); // by query id: the options to show before the results
    this.early = new Map(); // by query id: results that arrived before the id itself
  }

  /** Handle a changed text: if it is an inline query, ask the bot once the typing pauses. */
  typed(text) {
    const query = this.pattern.exec(text)?.[1].trim() ?? "";
    if (query === this.query) return;
    this.close();
    this.query = query;
    if (query) this.timer = setTimeout(() => this.fetch("", []), PAUSE_MILLISECONDS);
  }

  close() {
    clearTimeout(this.timer);
    this.query = "";
    this.waiting.clear();
    this.early.clear();
    this.menu.close();
  }

  async fetch(offset, before) {
    const { query } = this;
    const id = await this.ask(query, offset);
    if (!id || query !== this.query) return;
    this.waiting.set(id, before);
    if (this.early.has(id)) this.answered(this.early.get(id));
  }

  /** Show the results of a query, unless another text has been typed since. */
  answered(answer) {
    const id = answer.query_id;
    if (!this.waiting.has(id)) return this.early.set(id, answer);
    const before = this.waiting.get(id);
    this.waiting.delete(id);
    const options = [...before, ...answer.results.map((result) => this.option(id, result))];
    const more = answer.next_offset ? [this.more(answer.next_offset, options)] : [];
    const button = answer.button && !before.length ? [this.button(answer.button)] : [];
    this.menu.show([...button, ...options, ...more]);
  }

  option(queryId, { id, title, description }) {
    const words = element("span", { className: "description" }, description ?? "");
    const option = element("li", { role: "option", className: "result" });
    option.append(icon("quote"), element("div", {}, element("b", {}, title), words));
    option.onclick = () => this.choose(queryId, id);
    return option;
  }

  more(offset, options) {
    const option = element("li", { role: "option", className: "more" }, say("moreResults"));
    option.onclick = () => this.fetch(offset, options);
    return option;
  }

  button({ text, start_parameter: parameter }) {
    const option = element("li", { role: "option", className: "more" }, text);
    option.onclick = () => this.follow(parameter);
    return option;
  }
}
