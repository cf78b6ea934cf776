"""A draft as people paste it -> a clean draft, in steps.

1. Join the lines that a hard wrap had cut, and leave out boilerplate.
2. Make metadata of the lines that tell the document's origin.
3. Find the title, and leave out lines that repeat it.
4. Join the paragraphs that a picture or a blank line had cut.
5. Tell captions and headings from prose.

No sentence is lost. Cleaning a clean draft changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace

from retrieval.language.detection import language_of
from retrieval.language.words import fold
from retrieval.reading.cleaning.lines import (
    is_caption,
    is_ended,
    is_heading,
    is_title,
    starts_lower,
)
from retrieval.reading.cleaning.origins import origin_of
from retrieval.reading.cleaning.paragraphs import paragraphs_of, rejoined, tidy
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind


def clean(draft: Draft) -> Draft:
    """Return the draft with paragraphs of one line each, their kinds, and its metadata.

    Metadata that the draft brings takes precedence over what its lines tell. The title does not
    stand in the text.
    """
    whole = paragraphs_of(draft.paragraphs)
    brought = _tidied(draft.metadata)
    language = brought.language or language_of("\n".join(each.text for each in whole))
    found = origin_of(whole, language)
    metadata = brought.filled_from(found.metadata)
    paragraphs = rejoined(_without_repeats(_without(metadata.title, found.paragraphs)))
    title = metadata.title or _title_of(paragraphs)
    paragraphs = _without_repeats(_without(title, paragraphs))
    return Draft(_with_kinds(paragraphs), replace(metadata, title=title, language=language))


def _tidied(metadata: Metadata) -> Metadata:
    return Metadata(*(" ".join(tidy(value).split()) for value in astuple(metadata)))


def _without_repeats(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Drop a heading that repeats the one before, as the titles of teasers do."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if not (kept and _like_heading(paragraph) and fold(kept[-1].text) == fold(paragraph.text)):
            kept.append(paragraph)
    return kept


def _without(title: str, paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Drop the title wherever it stands as a line of its own."""
    return [
        each for each in paragraphs if not _like_heading(each) or fold(each.text) != fold(title)
    ]


def _title_of(paragraphs: list[Paragraph]) -> str:
    """Return the first paragraph if it can only be the title of the text that follows."""
    if not any(is_ended(paragraph.text) for paragraph in paragraphs[1:]):
        return ""
    first, second = paragraphs[:2]
    is_unsure = starts_lower(second.text) or is_heading(second.text) or not is_title(first.text)
    return first.text if first.kind is ParagraphKind.HEADING or not is_unsure else ""


def _like_heading(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.HEADING or is_heading(paragraph.text)


def _with_kinds(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Tell captions and headings from prose; a heading has prose below it."""
    told: list[Paragraph] = []
    prose_follows = False
    for paragraph in reversed(paragraphs):
        told.append(replace(paragraph, kind=_kind_of(paragraph, prose_follows)))
        if told[-1].kind is not ParagraphKind.CAPTION:
            prose_follows = told[-1].kind is ParagraphKind.PROSE and not is_heading(paragraph.text)
    return tuple(reversed(told))


def _kind_of(paragraph: Paragraph, prose_follows: bool) -> ParagraphKind:
    if paragraph.kind is not ParagraphKind.PROSE:
        return paragraph.kind
    if is_caption(paragraph.text):
        return ParagraphKind.CAPTION
    return (
        ParagraphKind.HEADING
        if prose_follows and is_heading(paragraph.text)
        else ParagraphKind.PROSE
    )
