/** Elements of the page. They are built, never parsed from text, so no message becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** Build an element from properties or attributes by name, and children: nodes or text. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Build an icon from one of the symbols in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Build a round button with an icon. */
export function iconButton(name, label, onclick) {
  const properties = { type: "button", className: "round", title: label, onclick };
  return element("button", { ...properties, "aria-label": label }, icon(name));
}
