"""The Bot API's own description, to hold every recorded call against, and its HTML style."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).parents[2] / "shared" / "bot-api" / "api-10.0.json"
TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@cache
def _description() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def violations(method: str, parameters: dict[str, Any]) -> list[str]:
    """Return what is wrong with a call: unknown or missing names, texts too long or malformed."""
    found = _text_violations(method, parameters)
    if DESCRIPTION.exists():
        described = _description()["methods"].get(method)
        found += _violations(method, described, parameters) if described else [f"no {method}"]
    return found


def _violations(where: str, described: dict[str, Any], values: dict[str, Any]) -> list[str]:
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{where}: no {name}" for name in values.keys() - fields.keys()]
    required = {name for name, field in fields.items() if field["required"]}
    found += [f"{where}: {name} missing" for name in required - values.keys()]
    for name in values.keys() & fields.keys():
        found += _nested(f"{where}.{name}", fields[name]["types"], values[name])
    return found


def _nested(where: str, types: list[str], value: Any) -> list[str]:  # noqa: ANN401
    if isinstance(value, list):
        inner = [name.removeprefix("Array of ") for name in types]
        return [violation for item in value for violation in _nested(where, inner, item)]
    if not isinstance(value, dict):
        return []
    candidates = [_description()["types"][name] for name in types if name[0].isupper()]
    return min((_violations(where, described, value) for described in candidates), key=len)


def _text_violations(method: str, parameters: dict[str, Any]) -> list[str]:
    if "text" not in parameters:
        return []
    text = parameters["text"]
    try:
        shown = shown_text(text) if parameters.get("parse_mode") == "HTML" else text
    except MarkupError as error:
        return [f"{method}: {error}"]
    limit = 200 if method == "answerCallbackQuery" else 4096
    length = len(shown.encode("utf-16-le")) // 2
    return [] if shown.strip() and length <= limit else [f"{method}: text of {length}"]


class MarkupError(Exception):
    """HTML that the Bot API would not take."""


def shown_text(markup: str) -> str:
    """Return what is left of HTML once parsed; only what "HTML style" allows, strictly nested."""
    parser = _HtmlStyle()
    parser.feed(markup)
    parser.close()
    if parser.open_tags:
        raise MarkupError(f"not closed: {parser.open_tags}")
    return "".join(parser.text)


class _HtmlStyle(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open_tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = {"a": {"href"}, "blockquote": {"expandable"}}.get(tag, set())
        if tag not in TAGS or {name for name, _ in attrs} - allowed:
            raise MarkupError(f"tag {tag} {attrs}")
        self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags.pop() != tag:
            raise MarkupError(f"end of {tag}")

    def handle_entityref(self, name: str) -> None:
        if name not in ENTITIES:
            raise MarkupError(f"entity {name}")
        self.text.append(ENTITIES[name])

    def handle_data(self, data: str) -> None:
        if set(data) & set("<>&"):
            raise MarkupError(f"not escaped: {data!r}")
        self.text.append(data)

    def handle_charref(self, name: str) -> None:
        raise MarkupError(f"character reference {name}")

    def handle_comment(self, data: str) -> None:
        raise MarkupError("comment")

    def handle_decl(self, decl: str) -> None:
        raise MarkupError("declaration")
