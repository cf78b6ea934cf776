"""YAML front matter: title, date, source, url and language between two lines of three dashes.

Every value is read as the text that stands there: no tag builds an object, `no` is a language and
2021-09 a month. A wrong value is an error with a hint and is not dropped silently. Other keys are
ignored; they are meant for other programs.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from retrieval.reading.cleaning.dates import iso_date
from retrieval.reading.cleaning.lines import is_url
from retrieval.reading.draft import Draft, Metadata, Paragraph
from retrieval.reading.refusals import Cause, UnreadableError

_BLOCK = re.compile(
    r"\s*---[ \t]*\n(?P<yaml>.{0,10000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"^(?:title|date|source|url|language)\s*:", re.MULTILINE | re.IGNORECASE)
_NOTHING = ("", "~", "null")
_LANGUAGE = re.compile(r"(?P<code>[a-z]{2})(?:[-_][a-z]+)*", re.IGNORECASE)


def split_front_matter(text: str) -> Draft:
    """Return the text below its front matter as one paragraph, with the metadata above it.

    A block between dashes without any of the keys is text. Raises UnreadableError where the front
    matter is no valid YAML or has a wrong value.
    """
    block = _BLOCK.match(text)
    if block is None or not _KEY.search(block["yaml"]):
        return Draft((Paragraph(text),))
    values = _values(block["yaml"])
    return Draft((Paragraph(text[block.end() :]),), _metadata(values))


def _values(source: str) -> dict[str, Any]:
    try:
        # BaseLoader makes only strings, lists and dicts, which is safer than SafeLoader.
        values = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise UnreadableError(Cause.NO_YAML_LINE, line=str(line)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableError(Cause.NO_YAML) from error
    if not isinstance(values, dict):
        raise UnreadableError(Cause.NO_KEYS)
    return {str(key).casefold(): value for key, value in values.items()}


def _metadata(values: dict[str, Any]) -> Metadata:
    written = {key: _line(values, key) for key in ("title", "date", "source", "url", "language")}
    language = _LANGUAGE.fullmatch(written["language"])
    code = language["code"].casefold() if language else ""
    date = iso_date(written["date"], code)
    url = written["url"] if is_url(written["url"]) else ""
    for key, value, example in (
        ("language", code, "vi"),
        ("date", date, "2021-09-29"),
        ("url", url, "https://…"),
    ):
        if written[key] and not value:
            raise UnreadableError(Cause.NO_VALUE, key=key, example=example)
    return Metadata(written["title"], date, written["source"], url, code)


def _line(values: dict[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise UnreadableError(Cause.NOT_ONE_LINE, key=key)
    return "" if value in _NOTHING else " ".join(value.split())
