/** The page's elements: built, never parsed, so that no message can become markup. */

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** Build an element with properties or attributes by name, and children that are nodes or text. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Build a picture from the symbols in the page. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Build a button that has a picture for a face. */
export function iconButton(name, label, onclick) {
  const properties = { type: "button", className: "round", title: label, onclick };
  return element("button", { ...properties, "aria-label": label }, icon(name));
}
