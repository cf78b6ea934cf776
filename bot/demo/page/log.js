/** The log of the open chat: its messages, grouped by sender and day, and its scroll position. */

import { byId, element } from "./dom.js";
import { messageItem } from "./message.js";
import { fitQuotations } from "./rich-text.js";
import { language } from "./texts.js";

const RUN_SECONDS = 300; // messages of one sender with shorter pauses form a run
const NEAR_END = 120; // pixels; a reader this close to the end counts as being there
const MARGIN = 12; // pixels above a message that is scrolled to

const log = byId("log");
const list = byId("messages");

export class Log {
  /** Take the state of the page and the `actions` on a message: see `messageItem`. */
  constructor(state, actions) {
    this.state = state;
    this.actions = { ...actions, jump: (id) => this.jump(id) };
    this.goal = null; // the position at which a scroll in progress will end
    byId("to-end").onclick = () => this.scrollTo(end());
    log.onscroll = () => this.showWayToEnd();
    log.onscrollend = () => (this.goal = null);
  }

  /** Show the open chat from scratch, at its end. */
  open() {
    log.setAttribute("aria-busy", "true");
    list.replaceChildren(...[...this.state.room.messages.values()].map((message) => this.item(message)));
    fitQuotations(list);
    arrange();
    this.goal = null;
    log.scrollTo({ top: end(), behavior: "instant" });
    this.showWayToEnd();
    log.setAttribute("aria-busy", "false");
  }

  /**
   * Show a message that is new or was edited.
   *
   * The log always scrolls to a new message of the speaker, and to the bot's reply to one. To
   * any other new message it scrolls only if the reader is at the end. It never scrolls to an
   * edited message. An own message shows its end; every other one shows its start and as much
   * of the rest as fits.
   */
  put(message) {
    const wasAtEnd = this.isAtEnd;
    const item = this.item(message);
    const old = find(message.message_id);
    if (old) old.replaceWith(item);
    else list.append(item);
    fitQuotations(item);
    arrange();
    if (!old && this.state.isOwn(message)) this.scrollTo(end());
    else if (!old && (wasAtEnd || this.state.isReplyToOwn(message))) this.scrollTo(startOf(item));
    this.showWayToEnd();
  }

  remove(id) {
    find(id)?.remove();
    arrange();
  }

  /** Scroll to a message and highlight it. */
  jump(id) {
    const item = find(id);
    this.goal = null;
    item?.scrollIntoView({ block: "center" });
    item?.classList.add("lit");
    setTimeout(() => item?.classList.remove("lit"), 1600);
  }

  /** Show or hide the sign that the bot is typing; a reader at the end stays at the end. */
  typing(shown) {
    const follows = shown && byId("typing").hidden && this.isAtEnd;
    byId("typing").hidden = !shown;
    if (follows) this.scrollTo(end());
  }

  /** Whether the reader is at the end, or will be when the scroll in progress ends. */
  get isAtEnd() {
    return end() - (this.goal ?? log.scrollTop) < NEAR_END;
  }

  /** Scroll to a position, smoothly unless the reader prefers reduced motion. */
  scrollTo(position) {
    const top = Math.min(position, end());
    this.goal = Math.abs(top - log.scrollTop) < 1 ? null : top; // without a scroll there is no scrollend
    log.scrollTo({ top });
  }

  /** Show the button that leads to the end while the end is out of sight. */
  showWayToEnd() {
    byId("to-end").hidden = end() - log.scrollTop < NEAR_END;
  }

  item(message) {
    const { room } = this.state;
    const own = this.state.isOwn(message);
    return messageItem(message, { own, group: room.isGroup, actions: this.actions });
  }
}

const find = (id) => list.querySelector(`[data-id="${id}"]`);

/** The scroll position at the end of the log. */
const end = () => log.scrollHeight - log.clientHeight;

/** The scroll position that shows the start of a message at the top. */
const startOf = (item) => item.offsetTop - MARGIN;

/** Mark the first and last message of each run, and insert the days. */
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
