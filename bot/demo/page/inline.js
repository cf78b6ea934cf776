/** Inline mode: "@bot question" typed in any chat offers excerpts, one of which is sent. */

import { byId, element, icon } from "./dom.js";
import { Menu } from "./menu.js";
import { say } from "./texts.js";

const PAUSE_MILLISECONDS = 300;

export class Inline {
  /** `ask(query, offset)` resolves to a query's number; `choose(queryId, resultId)` sends a result. */
  constructor(bot, { ask, choose, follow }) {
    this.pattern = new RegExp(`^@${bot.username}\\s+(\\S.*)$`, "is");
    this.ask = ask;
    this.choose = choose;
    this.follow = follow;
    this.menu = new Menu(byId("inline"));
    this.query = "";
    this.waiting = new Map(); // the options shown before a query's results, by its number
    this.early = new Map(); // results that were here before their query's number
  }

  /** Ask the bot, once the typing pauses, if the text names it and asks something. */
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

  /** Show the results of a query, if it still is what is typed. */
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
