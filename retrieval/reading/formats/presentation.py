"""A presentation of any format: its slides -> a draft in which each is a section and a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    shown = [(n, slide) for n, slide in enumerate(slides, start=1) if not slide.is_hidden]
    paragraphs = [replace(each, page=n) for n, slide in shown for each in slide.paragraphs]
    first = [each for each in paragraphs if each.page == shown[0][0]]
    own = next((each.text for each in first if each.kind is ParagraphKind.HEADING), "")
    numbers = [str(n) for n, slide in enumerate(slides, start=1) if slide.is_hidden]
    hidden = ReadingWarning(Cause.HIDDEN_SLIDES, {"slides": ", ".join(numbers)})
    return Draft(
        tuple(paragraphs),
        Metadata(title=own if own or not is_title(title) else title),
        warnings=(hidden,) if numbers else (),
    )
