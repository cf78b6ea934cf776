"""An excerpt: the document's own words around the sentence that answers, as Telegram HTML.

The sentence is bold, its neighbours stay while they fit, and "…" stands outside of what is
quoted. The title is left out where the passage begins with it: it stands above the excerpt.
"""

from __future__ import annotations

from bot.replies.markup import beginning, escaped, units
from retrieval.documents import Passage, Span


def excerpt(passage: Passage, highlight: Span | None, limit: int) -> str:
    """Return the words around `highlight`, or from the passage's start on if nothing stands out.

    They are whole sentences of at most `limit` UTF-16 units, "…" not counted; only a sentence
    longer than that is cut itself, after a word.
    """
    text, first = passage.document.text, _below_title(passage)
    middle = highlight or Span(first, first)
    first = min(first, middle.start)
    window = _window(passage, first, middle, limit)
    bold = Span(middle.start, min(middle.end, window.end))
    return "".join(
        (
            "… " if window.start > first else "",
            escaped(text[window.start : bold.start]),
            f"<b>{escaped(bold.of(text))}</b>" if highlight else "",
            escaped(text[bold.end : window.end]),
            " …" if window.end < passage.span.end else "",
        )
    )


def _below_title(passage: Passage) -> int:
    """Return where the passage's first sentence that is not the title begins."""
    text, title = passage.document.text, passage.document.title
    starts = (s.start for s in passage.sentences if s.of(text) != title)
    return next(starts, passage.span.start)


def _window(passage: Passage, first: int, middle: Span, limit: int) -> Span:
    """Return the longest run of whole sentences around `middle` that fits into `limit`.

    It begins at `first` at the earliest.
    """
    text = passage.document.text
    starts = {s.start for s in passage.sentences if first <= s.start < middle.start}
    ends = {s.end for s in passage.sentences if s.end > middle.end}
    windows = (
        Span(start, end)
        for start in starts | {first, middle.start}
        for end in ends | {passage.span.end, middle.end}
        if start < end
    )

    def preference(window: Span) -> tuple[int, int]:  # long, and the answer in its middle
        before, after = middle.start - window.start, window.end - middle.end
        return -(before + after), abs(before - after)

    for window in sorted(windows, key=preference):
        if units(window.of(text)) <= limit:
            return window
    too_long = text[middle.start : middle.end if middle.start < middle.end else passage.span.end]
    return Span(middle.start, middle.start + len(beginning(too_long, limit)))
