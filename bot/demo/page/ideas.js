/** Questions to try, shown in an empty chat and in a panel that a button opens. */

import { byId, element, icon } from "./dom.js";
import { language, say } from "./texts.js";

const questions = await (await fetch("questions.json")).json();

/** Show the questions in both places; `ask(text)` is called for the one that is clicked. */
export function showIdeas(state, ask) {
  byId("ideas").replaceChildren(element("h3", {}, say("ideas")), list(ask));
  byId("welcome").replaceChildren(
    element("span", { className: "avatar bot" }, icon("quote")),
    element("p", {}, say("welcome")),
    ...(state.room.isGroup ? [element("p", { className: "hint" }, say("groupHint"))] : []),
    list(ask),
  );
}

function list(ask) {
  const items = questions.map(({ text, about }) => {
    const label = element("small", {}, about[language()]);
    const button = element("button", { type: "button", className: "idea" }, text, label);
    button.onclick = () => ask(text);
    return element("li", {}, button);
  });
  return element("ul", { className: "idea-list" }, ...items);
}
