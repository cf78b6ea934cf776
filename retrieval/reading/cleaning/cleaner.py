"""A draft as people paste it -> a clean draft, in steps.

1. Convert legacy encodings, join the lines that a hard wrap had cut, and leave out boilerplate.
2. Copy the letterhead and the lines that tell the document's origin into the metadata.
3. Join the paragraphs that a picture or a blank line had cut.
4. Find the title, and make a heading of the line that it stands in.
5. Tell captions, headings and the column heads of tables from prose, and how deep headings stand.

No sentence is lost, and no line but boilerplate, which is listed. Cleaning a clean draft changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace

from retrieval.language.detection import language_of
from retrieval.language.words import fold
from retrieval.reading.cleaning.characters import tidy
from retrieval.reading.cleaning.legacy_text import from_legacy
from retrieval.reading.cleaning.letterhead import is_motto, letterhead_of
from retrieval.reading.cleaning.lines import (
    is_caption,
    is_ended,
    is_heading,
    is_structural,
    is_title,
    starts_lower,
)
from retrieval.reading.cleaning.origins import origin_of
from retrieval.reading.cleaning.outline import with_levels
from retrieval.reading.cleaning.paragraphs import paragraphs_of, rejoined
from retrieval.reading.cleaning.tables import with_heads
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind

_PASSED_OVER = (ParagraphKind.ORIGIN, ParagraphKind.CAPTION)  # above the text, below its title


def clean(draft: Draft) -> Draft:
    """Return the draft with paragraphs of one line each, their kinds, and its metadata.

    Metadata that the draft brings takes precedence over what its lines tell.

    Raises:
        UnreadableError: the text is nonsense, of an encoding that cannot be told.
    """
    draft = _converted(draft)
    brought = _tidied(draft.metadata)
    whole = paragraphs_of(draft.paragraphs)
    language = brought.language or language_of("\n".join(each.text for each in whole.paragraphs))
    headed = letterhead_of(list(whole.paragraphs))
    found = origin_of(list(headed.paragraphs), language)
    metadata = brought.filled_from(headed.metadata).filled_from(found.metadata)
    paragraphs, repeated = _without_repeats(rejoined(found.paragraphs))
    title = metadata.title or ("" if draft.has_equal_parts else _title_of(paragraphs))
    return replace(
        draft,
        paragraphs=with_levels(with_heads(_with_kinds(_with_title(title, paragraphs)))),
        metadata=replace(metadata, title=title, language=language),
        left_out=(*draft.left_out, *whole.left_out, *repeated),
    )


def _converted(draft: Draft) -> Draft:
    """Return the draft in Unicode."""
    fields = astuple(draft.metadata)
    texts = from_legacy([*(each.text for each in draft.paragraphs), *fields])
    pairs = zip(draft.paragraphs, texts, strict=False)
    paragraphs = tuple(replace(paragraph, text=text) for paragraph, text in pairs)
    return replace(draft, paragraphs=paragraphs, metadata=Metadata(*texts[len(paragraphs) :]))


def _tidied(metadata: Metadata) -> Metadata:
    tidied = Metadata(*(" ".join(tidy(value).split()) for value in astuple(metadata)))
    return replace(tidied, title="") if is_motto(tidied.title) else tidied


def _without_repeats(paragraphs: Iterable[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Drop a heading that repeats the one before, as the titles of teasers do; return both."""
    kept: list[Paragraph] = []
    repeated: list[str] = []
    for paragraph in paragraphs:
        if kept and _may_repeat(paragraph) and fold(kept[-1].text) == fold(paragraph.text):
            repeated.append(paragraph.text)
        else:
            kept.append(paragraph)
    return kept, repeated


def _may_repeat(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.HEADING or is_title(paragraph.text)


def _title_of(paragraphs: list[Paragraph]) -> str:
    """Return the first paragraph if it can only be the title of the text that follows."""
    read = [each for each in paragraphs if each.kind not in _PASSED_OVER]
    if len(read) < 2:
        return ""
    first, second = read[:2]
    if first.kind is ParagraphKind.HEADING:
        return first.text
    if not any(is_ended(each.text) or each.kind is ParagraphKind.LINE for each in read[1:]):
        return ""
    is_whole = first.kind is ParagraphKind.PROSE and is_title(first.text)
    goes_on = starts_lower(second.text) or (_like_heading(second) and not _opens_part(second.text))
    return first.text if is_whole and not goes_on and not is_structural(first.text) else ""


def _opens_part(line: str) -> bool:
    """Tell whether the line heads a part of a text, and is no second line of its title."""
    return is_structural(line) or line.endswith("?") or fold(line) in ("muc luc", "contents")


def _with_title(title: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Make a heading of the first line that is the title and nothing else."""
    for i, paragraph in enumerate(paragraphs):
        if _like_heading(paragraph) and fold(paragraph.text) == fold(title):
            heading = replace(paragraph, kind=ParagraphKind.HEADING)
            return [*paragraphs[:i], heading, *paragraphs[i + 1 :]]
    return paragraphs


def _like_heading(paragraph: Paragraph) -> bool:
    if paragraph.kind is ParagraphKind.PROSE:
        return is_heading(paragraph.text)
    return paragraph.kind is ParagraphKind.HEADING


def _with_kinds(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Tell captions and headings from prose; a heading has prose below it."""
    told: list[Paragraph] = []
    text_follows = False
    for paragraph in reversed(paragraphs):
        told.append(replace(paragraph, kind=_kind_of(paragraph, text_follows)))
        if told[-1].kind not in _PASSED_OVER:
            text_follows = _is_below_heading(told[-1])
    return tuple(reversed(told))


def _is_below_heading(paragraph: Paragraph) -> bool:
    """Tell whether a short line above this paragraph is its heading."""
    if paragraph.kind is ParagraphKind.PROSE:
        return not is_heading(paragraph.text)
    is_text = paragraph.kind in (ParagraphKind.LINE, ParagraphKind.HEADER_ROW)
    return is_text or is_structural(paragraph.text)


def _kind_of(paragraph: Paragraph, text_follows: bool) -> ParagraphKind:
    if paragraph.kind is not ParagraphKind.PROSE:
        return paragraph.kind
    if is_caption(paragraph.text):
        return ParagraphKind.CAPTION
    is_above_text = (text_follows or is_structural(paragraph.text)) and is_heading(paragraph.text)
    return ParagraphKind.HEADING if is_above_text else ParagraphKind.PROSE
