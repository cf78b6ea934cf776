/** A menu above the text field, used by mouse or keyboard while the field keeps the focus. */

import { byId } from "./dom.js";

const text = byId("text");

export class Menu {
  /** Use the element `list`; with `eager` the first option is selected when the menu opens. */
  constructor(list, { eager = false, onToggle = () => {} } = {}) {
    this.list = list;
    this.eager = eager;
    this.onToggle = onToggle;
    this.chosen = -1;
    list.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Show these options, which act on a click; without any, the menu closes. */
  show(options) {
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.choose(this.isOpen && this.eager ? 0 : -1);
    this.onToggle(this.isOpen);
  }

  close() {
    if (this.isOpen) this.show([]);
  }

  /** Handle a key; returns whether it was meant for the menu. */
  pressed({ key, shiftKey }) {
    const option = this.options[this.chosen];
    if (!this.isOpen) return false;
    const { length } = this.options;
    if (key === "ArrowDown") this.choose((this.chosen + 1) % length);
    else if (key === "ArrowUp") this.choose((Math.max(this.chosen, 0) + length - 1) % length);
    else if (key === "Enter" && !shiftKey && option) option.click();
    else if (key === "Tab" && !shiftKey && option?.complete) option.complete();
    else return false;
    return true;
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  /** Select an option by its index, -1 for none. */
  choose(index) {
    this.chosen = index;
    const { options } = this;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === index));
    options[index]?.scrollIntoView({ block: "nearest" });
    if (this.isOpen) text.setAttribute("aria-controls", this.list.id);
    if (index < 0) text.removeAttribute("aria-activedescendant");
    else text.setAttribute("aria-activedescendant", options[index].id);
  }
}
