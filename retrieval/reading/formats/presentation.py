"""A presentation of any format: its slides -> a draft in which each is a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.reading.cleaning.lines import is_title
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.refusals import Cause, ReadingWarning

_LONGEST_HEADING = 40  # words; more than that is running text in the title's place


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on a slide, its title first, and in the notes below it."""

    paragraphs: tuple[Paragraph, ...]
    is_hidden: bool = False


def slide_title(text: str) -> Paragraph:
    """Return the title of a slide as its heading."""
    title = " ".join(text.split())
    if len(title.split()) > _LONGEST_HEADING:
        return Paragraph(title)
    return Paragraph(title, ParagraphKind.HEADING, level=1)


def draft_of_slides(slides: Sequence[Slide], title: str) -> Draft:
    """Return the paragraphs of the visible slides, with a warning that names the hidden ones.

    Args:
        slides: In their order.
        title: The title in the file's properties, or ""; the first slide's own goes before it,
            since that in the properties is often a template's.
    """
    shown = [slide for slide in slides if not slide.is_hidden]
    headings = (
        each.text
        for slide in shown[:1]
        for each in slide.paragraphs
        if each.kind is ParagraphKind.HEADING
    )
    own = next(headings, "")
    numbers = [str(number) for number, slide in enumerate(slides, start=1) if slide.is_hidden]
    hidden = ReadingWarning(Cause.HIDDEN_SLIDES, {"slides": ", ".join(numbers)})
    return Draft(
        tuple(paragraph for slide in shown for paragraph in slide.paragraphs),
        Metadata(title=own if own or not is_title(title) else title),
        warnings=(hidden,) if numbers else (),
    )
