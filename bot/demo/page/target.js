/** The target of the next text: the message that it replies to or edits, or none. */

import { byId } from "./dom.js";
import { firstLine } from "./message.js";
import { say } from "./texts.js";

export class Target {
  /** `onClear()` is called when the person cancels a reply or an edit. */
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

  /** Set the message to reply to or, with `isEdit`, to edit; null for none. */
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
