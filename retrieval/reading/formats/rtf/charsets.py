"""The code page of a font's letters, by the number of its character set."""

from __future__ import annotations

import codecs

_CODE_PAGES = {
    0: "cp1252", 2: "latin-1", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp437",
}  # fmt: skip


def code_page(number: int | None) -> str:
    """Return the codec of a code page as Windows numbers it; the western one where it is none."""
    name = {65001: "utf-8", 10000: "mac_roman"}.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def codec_of(charset: int | None, default: str) -> str:
    """Return the codec of a font's character set; `default` where the font leaves it open."""
    return default if charset is None else _CODE_PAGES.get(charset, default)
