/** The log of the open chat: its messages in runs and days, and where it is scrolled to. */

import { byId, element } from "./dom.js";
import { messageItem } from "./message.js";
import { language } from "./texts.js";

const RUN_SECONDS = 300;
const NEAR_END = 120;
const MARGIN = 12;

const log = byId("log");
const list = byId("messages");

export class Log {
  /** Show the chat that is open in `state`; `actions` are what can be done with a message. */
  constructor(state, actions) {
    this.state = state;
    this.actions = { ...actions, jump: (id) => this.jump(id) };
    byId("to-end").onclick = () => this.scrollToEnd();
    log.onscroll = () => (byId("to-end").hidden = distanceToEnd() < NEAR_END);
  }

  /** Show the chat afresh. */
  open() {
    log.setAttribute("aria-busy", "true");
    list.replaceChildren(...[...this.state.room.messages.values()].map((message) => this.item(message)));
    arrange();
    log.scrollTop = log.scrollHeight;
    log.setAttribute("aria-busy", "false");
  }

  /** Show a message that is new or was changed. */
  put(message) {
    const near = distanceToEnd() < NEAR_END;
    const item = this.item(message);
    const old = find(message.message_id);
    if (old) old.replaceWith(item);
    else list.append(item);
    arrange();
    if (!old && (near || this.state.isOwn(message))) reveal(item);
  }

  remove(id) {
    find(id)?.remove();
    arrange();
  }

  /** Go to a message and light it up. */
  jump(id) {
    const item = find(id);
    item?.scrollIntoView({ block: "center", behavior: "smooth" });
    item?.classList.add("lit");
    setTimeout(() => item?.classList.remove("lit"), 1600);
  }

  /** Show or hide the sign that the bot is typing, and keep the end in sight. */
  typing(shown) {
    const near = distanceToEnd() < NEAR_END;
    byId("typing").hidden = !shown;
    if (shown && near) log.scrollTop = log.scrollHeight;
  }

  scrollToEnd() {
    log.scrollTo({ top: log.scrollHeight, behavior: "smooth" });
  }

  item(message) {
    const { room } = this.state;
    const own = this.state.isOwn(message);
    return messageItem(message, { own, group: room.isGroup, actions: this.actions });
  }
}

const find = (id) => list.querySelector(`[data-id="${id}"]`);

const distanceToEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight;

/** Scroll to the end, but not past the beginning of a message that is longer than the screen. */
function reveal(item) {
  const top = item.offsetTop - log.offsetTop - MARGIN;
  log.scrollTo({ top: Math.min(top, log.scrollHeight - log.clientHeight), behavior: "smooth" });
}

/** Mark where a run of one person's messages begins and ends, and put the days between. */
function arrange() {
  for (const day of list.querySelectorAll(".day")) day.remove();
  const items = [...list.children];
  items.forEach((item, index) => {
    const before = items[index - 1];
    item.classList.toggle("first", !continues(before, item));
    item.classList.toggle("last", !continues(item, items[index + 1]));
    if (!before || dayOf(before) !== dayOf(item)) {
      item.before(element("li", { className: "day" }, element("span", {}, dayOf(item))));
    }
  });
}

function continues(before, after) {
  if (!before || !after || dayOf(before) !== dayOf(after)) return false;
  const pause = after.dataset.date - before.dataset.date;
  return before.dataset.sender === after.dataset.sender && pause < RUN_SECONDS;
}

function dayOf(item) {
  const date = new Date(item.dataset.date * 1000);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  if (date.toDateString() === new Date().toDateString()) return words.format(0, "day");
  return date.toLocaleDateString(language(), { day: "numeric", month: "long" });
}
