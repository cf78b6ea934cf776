"""Front matter: what a file says of itself above its text, in YAML or TOML.

YAML stands between two lines of three dashes, TOML between two of three plus signs. Keys may be
English or Vietnamese. Every value is read as the text that stands there: no tag builds an object,
`no` is a language and 2021-09 a month. What cannot be understood stays in the text, with a warning;
so do lines that name an author, for which metadata has no field. Other keys are left out; they are
meant for other programs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from retrieval.language.detection import language_of
from retrieval.language.words import fold
from retrieval.reading.cleaning.dates import iso_date
from retrieval.reading.cleaning.languages import language_code
from retrieval.reading.cleaning.lines import is_url
from retrieval.reading.draft import Draft, Metadata, Paragraph
from retrieval.refusals import Cause, ReadingWarning

_BLOCK = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<source>.{0,10000}?)"
    r"^(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# The first of a field's names that has a value counts; the names are folded.
_NAMES = {
    "title": ("title", "tieu de", "tua de", "tua", "ten", "ten bai", "headline"),
    "date": (
        *("date", "ngay", "ngay dang", "ngay viet", "ngay ban hanh", "ngay tao", "thoi gian"),
        *("published", "publishdate", "pubdate", "created", "updated", "lastmod", "modified"),
    ),
    "source": ("source", "nguon", "nguon tin", "co quan", "co quan ban hanh", "publisher"),
    "url": ("url", "link", "lien ket", "duong dan", "dia chi"),
    "language": ("language", "lang", "ngon ngu", "tieng", "locale"),
}
_AUTHORS = ("author", "authors", "tac gia", "nguoi viet", "byline", "bien soan")
_EXAMPLES = {"language": "vi", "date": "2021-09-29", "url": "https://…"}
_KNOWN = {*_AUTHORS, *(name for names in _NAMES.values() for name in names)}
_PAIR = re.compile(r"(?P<key>[^\W\d_][\w -]*?)\s*(?P<sign>[:=])(?:\s+(?P<value>.*))?$")
_QUOTES = re.compile(r"(?P<quote>[\"'])(?P<inner>.*)(?P=quote)")
_NOTHING = ("", "~", "null")
_SAMPLE = 2000  # characters of the text that tell the language its dates are written in


@dataclass(frozen=True, slots=True)
class _Values:
    """The values by folded key, and why they were read line by line where they were."""

    values: Mapping[str, Any] = field(default_factory=dict)
    warning: ReadingWarning | None = None


def split_front_matter(text: str) -> Draft:
    """Return the text below its front matter, with the metadata above it.

    A block between fences without any of the known keys is text.
    """
    block = _BLOCK.match(text)
    if block is None or not _entries(block["source"]).keys() & _KNOWN:
        return Draft((Paragraph(text),))
    read = _toml(block["source"]) if block["fence"] == "+++" else _yaml(block["source"])
    if not read.values:
        warnings = (read.warning,) if read.warning else ()
        body = f"{block['source']}\n{text[block.end() :]}"
        return Draft((Paragraph(body),), warnings=warnings)
    return _draft(read.values, _entries(block["source"]), text[block.end() :])


def _draft(values: Mapping[str, Any], entries: Mapping[str, str], body: str) -> Draft:
    written = {name: _written(values, names) for name, names in _NAMES.items()}
    code = language_code(written["language"])
    spoken = language_of(f"{written['title']}\n{body[:_SAMPLE]}")
    metadata = Metadata(
        written["title"],
        iso_date(written["date"], code) or iso_date(written["date"], spoken),
        written["source"],
        written["url"] if is_url(written["url"]) else "",
        code,
    )
    kept = [key for key in _AUTHORS if values.get(key)]
    warnings: list[ReadingWarning] = []
    for name, names in _NAMES.items():
        key = next((key for key in names if values.get(key) not in (*_NOTHING, None)), "")
        if key and not getattr(metadata, name):
            kept.append(key)
            pair = _PAIR.match(entries.get(key, ""))
            warnings.append(_warning(name, pair["key"] if pair else key, written[name]))
    used = {*kept, *(name for names in _NAMES.values() for name in names)}
    return Draft(
        (*(Paragraph(entries[key]) for key in entries if key in kept), Paragraph(body)),
        metadata,
        tuple(entry for key, entry in entries.items() if key not in used),
        tuple(warnings),
    )


def _written(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the value of the first of the names that has one, in one line; "" for a list."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value not in _NOTHING:
            return " ".join(value.split())
    return ""


def _warning(name: str, key: str, written: str) -> ReadingWarning:
    if not written:
        return ReadingWarning(Cause.NOT_ONE_LINE, {"key": key})
    return ReadingWarning(Cause.NO_VALUE, {"key": key, "example": _EXAMPLES[name]})


def _yaml(source: str) -> _Values:
    try:
        # BaseLoader makes only strings, lists and dicts, which is safer than SafeLoader.
        values = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return _by_lines(source, ReadingWarning(Cause.NO_YAML_LINE, {"line": str(line)}))
    except (yaml.YAMLError, RecursionError):
        return _by_lines(source, ReadingWarning(Cause.NO_YAML))
    if not isinstance(values, dict):
        return _Values(warning=ReadingWarning(Cause.NO_KEYS))
    return _Values({_key(str(key)): value for key, value in values.items()})


def _toml(source: str) -> _Values:
    try:
        values = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _by_lines(source, ReadingWarning(Cause.NO_KEYS))
    return _Values(
        {
            _key(key): value if isinstance(value, list | dict) else str(value)
            for key, value in values.items()
        }
    )


def _by_lines(source: str, warning: ReadingWarning) -> _Values:
    """Read each line as a key and the rest as its value: `title: Họp báo: cầu cũ`.

    Where a line is no such pair, nothing is read.
    """
    pairs = [_PAIR.match(line) for line in source.splitlines() if line.strip()]
    if any(pair is None or _is_structure(pair["value"] or "") for pair in pairs):
        return _Values(warning=warning)
    return _Values(
        {
            _key(pair["key"]): _QUOTES.sub(r"\g<inner>", pair["value"] or "")
            for pair in pairs
            if pair
        }
    )


def _is_structure(value: str) -> bool:
    return value.startswith(("[", "{", "&", "*", "|", ">")) or not value.isprintable()


def _entries(source: str) -> dict[str, str]:
    """Return the lines of each key, by the key."""
    entries: dict[str, str] = {}
    key = ""
    for line in source.splitlines():
        pair = _PAIR.match(line)
        if pair:
            key = _key(pair["key"])
            entries[key] = line
        elif key and line.strip():
            entries[key] += f"\n{line}"
    return entries


def _key(written: str) -> str:
    return " ".join(fold(written).replace("_", " ").split())
