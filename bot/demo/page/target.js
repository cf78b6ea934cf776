/** What the next text is meant for: an answer to a message, the new wording of one, or neither. */

import { byId } from "./dom.js";
import { firstLine } from "./message.js";
import { say } from "./texts.js";

export class Target {
  constructor(onClear) {
    this.clear = onClear;
    this.message = null;
    this.isEdit = false;
    byId("cancel-target").onclick = () => this.clear();
  }

  get repliedId() {
    return this.message && !this.isEdit ? this.message.message_id : 0;
  }

  get edited() {
    return this.isEdit ? this.message : null;
  }

  /** Take a message to answer or, with `isEdit`, to put into other words; null is for neither. */
  set(message, isEdit = false) {
    this.message = message;
    this.isEdit = Boolean(message) && isEdit;
    byId("target").hidden = !message;
    if (!message) return;
    byId("target-icon").setAttribute("href", isEdit ? "#icon-pencil" : "#icon-reply");
    byId("target-name").textContent = isEdit ? say("editing") : message.from.first_name;
    byId("target-text").textContent = firstLine(message);
  }
}
