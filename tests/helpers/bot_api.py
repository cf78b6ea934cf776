"""Checks calls of the Bot API against its description, and their HTML against Telegram's rules.

The description is data: each method and type with its fields. Rules beyond a field's type are read
from the sentences of the description: lengths, choices, and fields that depend on each other. Where
the description does not lie beside the checkout, only the markup is checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from bot.demo.rules.entities import ParsedText, ParseError, parse_html, utf16_length
from tests.helpers.paths import SHARED

DESCRIPTION = SHARED / "bot-api" / "api-10.0.json"
SCALARS: dict[str, Any] = {"String": str, "Integer": int, "Float": (int, float), "Boolean": bool}
MARKED_UP = ("text", "message_text", "caption")
MOST_ENTITIES = 100  # Telegram shows the text after these without formatting

LENGTH = re.compile(r"\b(\d+)-(\d+) (characters|bytes)\b", re.IGNORECASE)
LONGEST = re.compile(r"(?:up to|can't exceed)() (\d+) (characters|bytes)\b")
BETWEEN = re.compile(r"Values between (\d+)-(\d+) are accepted")
CHOICE = re.compile(r'[Mm]ust be one of (("\w+"[^".]*)+)')
CONSTANT = re.compile(r"must be (\w+)$")
INSTEAD = re.compile(r"^Required if (\w+)(?: and (\w+))? (?:is|are) not specified")
ONE_OF_OTHERS = re.compile(r"[Ee]xactly one of the (?:fields other than (.+) must|optional fields)")
RESULTS = re.compile(r"No more than (\d+) results")
NAME_LETTERS = re.compile(r"[Oo]nly (?:characters )?A-Z, a-z, 0-9, _ and -")

Json = dict[str, Any]


@cache
def _description() -> Json:
    described: Json = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def violations(method: str, parameters: Json) -> list[str]:
    """Return the faults of a call, one line each: in its names, types, lengths or markup."""
    found = list(_markup_violations(method, parameters))
    if DESCRIPTION.exists():
        described = _description()["methods"].get(method)
        found += _object(method, described, parameters) if described else [f"no {method}"]
    return found


def violations_in(calls: Iterable[Json]) -> list[str]:
    """Return the faults of calls as the demo's server has received them."""
    return [
        wrong
        for call in calls
        for wrong in violations(call["method"], from_form(call["method"], call["parameters"]))
    ]


def from_form(method: str, form: dict[str, str]) -> Json:
    """Return a call's parameters as JSON; a form carries them as text."""
    fields = _description()["methods"].get(method, {}).get("fields", [])
    types = {field["name"]: field["types"] for field in fields}
    return {
        name: value if types.get(name, ["String"]) == ["String"] else _from_json(value)
        for name, value in form.items()
    }


def _from_json(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:  # such as the @name of a chat, where a number is allowed too
        return value


def shown_text(markup: str) -> str:
    """Return the text that Telegram shows for HTML.

    Raises:
        ParseError: Telegram would refuse the HTML.
    """
    return parse_html(markup).text


def _markup_violations(where: str, value: object) -> Iterator[str]:
    """Check all HTML in a call, at every depth."""
    for name, inner in _items(value):
        yield from _markup_violations(f"{where}.{name}", inner)
    if not isinstance(value, dict) or "parse_mode" not in value:
        return
    if value["parse_mode"] != "HTML":
        yield f"{where}: parse_mode {value['parse_mode']}"
    for name in value.keys() & set(MARKED_UP):
        try:
            entities = parse_html(value[name]).entities
        except ParseError as error:
            yield f"{where}: {error}"
        else:
            if len(entities) > MOST_ENTITIES:
                yield f"{where}: {len(entities)} entities"


def _items(value: object) -> list[tuple[object, object]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _object(where: str, described: Json, values: object) -> list[str]:
    """Check a call or a nested object against the fields of its method or type."""
    if not isinstance(values, dict):
        return [f"{where}: no {described['name']}"]
    values = {
        name: value for name, value in values.items() if value is not None
    }  # null means absent
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{where}: no {name}" for name in sorted(values.keys() - fields.keys())]
    for name, field in fields.items():
        if name in values:
            found += _value(f"{where}.{name}", field["types"], values[name])
            found += _said(f"{where}.{name}", field["description"], values[name], values)
        elif field["required"] or _instead(field["description"], values):
            found.append(f"{where}: {name} missing")
    return found + [f"{where}: {rule}" for rule in _together(described, values)]


def _value(where: str, types: list[str], value: object) -> list[str]:
    """Check a value against the types that it may have; the type with the fewest faults counts."""
    return min((_typed(where, kind, value) for kind in types), key=len)


def _typed(where: str, kind: str, value: object) -> list[str]:
    inner = kind.removeprefix("Array of ")
    if inner != kind and isinstance(value, list):
        return [
            wrong for i, one in enumerate(value) for wrong in _typed(f"{where}[{i}]", inner, one)
        ]
    if inner != kind:
        return [f"{where}: no {kind}"]
    if kind in SCALARS:
        number = isinstance(value, bool) == (kind == "Boolean")  # in Python a bool is an int
        return [] if number and isinstance(value, SCALARS[kind]) else [f"{where}: no {kind}"]
    described = _description()["types"][kind]
    if "subtypes" in described:
        return _value(where, described["subtypes"], value)
    return _object(where, described, value)


def _said(where: str, description: str, value: object, beside: Json) -> Iterator[str]:
    """Check a value against the rules in its field's description."""
    if isinstance(value, int) and (bounds := BETWEEN.search(description)):
        if not int(bounds[1]) <= value <= int(bounds[2]):
            yield f"{where}: {value}, not {bounds[1]}-{bounds[2]}"
    if isinstance(value, str):
        yield from _said_of_text(where, description, value, "parse_mode" in beside)


def _said_of_text(where: str, description: str, value: str, marked_up: bool) -> Iterator[str]:
    if bounds := LENGTH.search(description) or LONGEST.search(description):
        unit = bounds[3].lower()
        length = _length(value, unit, marked_up)
        if not int(bounds[1] or 0) <= length <= int(bounds[2]):
            yield f"{where}: {length} {unit}, not {bounds[1] or 0}-{bounds[2]}"
    choices = CONSTANT.findall(description)
    if choice := CHOICE.search(description):
        choices = re.findall(r'"(\w+)"', choice[1])
    if choices and value not in choices:
        yield f"{where}: {value!r}, not {' or '.join(choices)}"
    if NAME_LETTERS.search(description) and not re.fullmatch(r"[A-Za-z0-9_-]*", value):
        yield f"{where}: letters in {value!r}"


def _length(value: str, unit: str, marked_up: bool) -> int:
    if unit == "bytes":
        return len(value.encode())
    if not marked_up:
        return utf16_length(value.strip())
    try:
        return utf16_length(parse_html(value).stripped().text)
    except ParseError:  # reported by `_markup_violations`
        return utf16_length(ParsedText(value).stripped().text)


def _instead(description: str, values: Json) -> bool:
    """Tell whether a field is required because the fields that may replace it are missing."""
    match = INSTEAD.match(description)
    return match is not None and not any(name in values for name in match.groups() if name)


def _together(described: Json, values: Json) -> Iterator[str]:
    """Check the rules about several fields at once."""
    for sentence in described["description"]:
        if rule := ONE_OF_OTHERS.search(sentence):
            named = set(re.findall(r"\w+", rule[1] or ""))
            optional = {field["name"] for field in described["fields"] if not field["required"]}
            if len(values.keys() & (optional - named)) != 1:
                yield f"not one of {', '.join(sorted(optional - named))}"
        if (limit := RESULTS.search(sentence)) and len(values.get("results", [])) > int(limit[1]):
            yield f"{len(values['results'])} results"
