/** A list above the field to choose from, by mouse or by keyboard while the field keeps the focus. */

import { byId } from "./dom.js";

const text = byId("text");

export class Menu {
  /** Use the element `list`; with `eager` its first option is chosen as soon as it opens. */
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

  /** Show these options, which act when they are clicked; none closes the menu. */
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

  /** Handle a key and return whether it was one for the menu. */
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

  /** Mark an option; -1 marks none. */
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
