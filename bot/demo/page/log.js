/** The log of the open chat: its messages in runs and days, and where it is scrolled to. */

import { byId, element } from "./dom.js";
import { messageItem } from "./message.js";
import { fitQuotations } from "./rich-text.js";
import { language } from "./texts.js";

const RUN_SECONDS = 300; // the longest pause within one person's run of messages
const NEAR_END = 120; // pixels from the end within which the reader counts as being at it
const MARGIN = 12; // pixels above the start of a message that is scrolled to

const log = byId("log");
const list = byId("messages");

export class Log {
  /** Show the chat that is open in `state`; `actions` are what can be done with a message. */
  constructor(state, actions) {
    this.state = state;
    this.actions = { ...actions, jump: (id) => this.jump(id) };
    this.goal = null; // where a scroll that is still under way will end
    byId("to-end").onclick = () => this.scrollTo(end());
    log.onscroll = () => this.showWayToEnd();
    log.onscrollend = () => (this.goal = null);
  }

  /** Show the chat afresh. */
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
   * Show a message that is new or was changed.
   *
   * A person's own message scrolls to the end, from wherever they read. The bot's reply to it
   * scrolls to its start, with as much of the rest as fits. Other new messages do the same for
   * a reader who is at the end, and move nothing for one who has scrolled up. A changed message
   * stays where it is.
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

  /** Go to a message and light it up. */
  jump(id) {
    const item = find(id);
    this.goal = null;
    item?.scrollIntoView({ block: "center" });
    item?.classList.add("lit");
    setTimeout(() => item?.classList.remove("lit"), 1600);
  }

  /** Show or hide the sign that the bot is typing; a reader at the end stays there. */
  typing(shown) {
    const follows = shown && byId("typing").hidden && this.isAtEnd;
    byId("typing").hidden = !shown;
    if (follows) this.scrollTo(end());
  }

  /** Whether the reader is at the end, or will be once a scroll under way is over. */
  get isAtEnd() {
    return end() - (this.goal ?? log.scrollTop) < NEAR_END;
  }

  /** Scroll to a position, as smoothly as the style sheet allows. */
  scrollTo(position) {
    const top = Math.min(position, end());
    this.goal = Math.abs(top - log.scrollTop) < 1 ? null : top; // no scroll ends where none begins
    log.scrollTo({ top });
  }

  /** Offer the button that leads to the end where the end is out of sight. */
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

/** The position at which the log is scrolled down. */
const end = () => log.scrollHeight - log.clientHeight;

/** The position at which a message begins at the top of the log. */
const startOf = (item) => item.offsetTop - MARGIN;

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
