"""Prose of pseudo-random words, set in lines as wide as a column."""

from __future__ import annotations

import random
from collections.abc import Iterator

ENGLISH = (
    "archive basket candle deposit evening ferry garden harbour island journal kettle lantern"
    " market notice orchard parcel quarry river saddle timber umbrella village window yellow"
    " borrowed carried counted finished gathered handed inspected lifted mended opened painted"
    " returned a the some every no any this that from under behind near with before"
).split()
VIETNAMESE = (
    "phòng đọc mở cửa từ sáng sớm mỗi tuần người thủ thư ghi chép sổ mượn sách vào buổi chiều hồ sơ"
    " được xếp lại trên giá gỗ cạnh cửa sổ đèn dầu chỉ thắp khi trời tối bạn ở xa gửi phiếu qua bưu"
    " điện nước trà để ngoài hiên ghế dài dưới gốc bưởi trẻ em ngồi vẽ bản đồ những dòng kênh cũ"
).split()


def sentences(words: list[str], count: int, seed: int) -> list[str]:
    """Return sentences of 8 to 15 words, no two alike."""
    draw = random.Random(seed)  # noqa: S311
    return [
        " ".join(draw.choices(words, k=draw.randint(8, 15))).capitalize() + "."
        for _ in range(count)
    ]


def wrapped(text: str, width: int, hyphenated: bool = False) -> list[str]:
    """Return the text in lines of at most so many characters; with hyphens they are full."""
    return list(_lines(text.split(), width, hyphenated))


def _lines(words: list[str], width: int, hyphenated: bool) -> Iterator[str]:
    line = ""
    for word in words:
        room = width - len(line) - 2
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
        elif hyphenated and room >= 3 and len(word) > 5:
            yield f"{line} {word[:3]}-"
            line = word[3:]
        else:
            yield line
            line = word
    yield line
