"""What the bot replies, as Telegram HTML: an answer, its sources, the documents it knows.

Pure functions from what was found to what is sent. No reply shows more than 4096 UTF-16 units:
every foreign part has a limit of its own, and those of an answer add up to less. An excerpt is
the document's own words: the sentence that answers is bold, its neighbours stay while they fit,
and "…" stands outside of what is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.citations import Citation, title_of
from bot.markup import MESSAGE_LIMIT, beginning, escaped, line, link, units, visible
from bot.texts import Texts
from retrieval.documents import Answer, Document, Hit, Span

EXCERPT_LIMITS = (1400, 800, 800)  # the best hit, and up to two more
QUESTION_LIMIT = 300
TITLE_LIMIT = 120
SOURCE_LIMIT = 60
DATE_LIMIT = 20
NAME_LIMIT = 120
QUOTE_LIMIT = 200
LIST_LIMIT = MESSAGE_LIMIT - 100  # leaves room for the list's heading and "… and 12 more"
LIST_ENTRIES = 30  # of up to two entities each: Telegram keeps the first 100 of a message


def answer_reply(answer: Answer, texts: Texts) -> str:
    """Return the excerpts that answer; where none does, say so and name the nearest document."""
    parts = []
    if answer.restored is not None:
        question = line(answer.restored, QUESTION_LIMIT)
        parts.append(texts.understood.format(question=escaped(question)))
    if answer.answered:
        shown = zip(answer.hits, EXCERPT_LIMITS, strict=False)
        parts += [_cited(number, hit, limit, texts) for number, (hit, limit) in enumerate(shown, 1)]
    else:
        parts += [texts.not_found, *(_nearest(hit, texts) for hit in answer.hits[:1])]
    return "\n\n".join(parts)


def sources_reply(citations: Sequence[Citation], texts: Texts) -> str:
    """Return the citations of one answer in full: origin, place in the file, sentence."""
    listed = [_source(number, citation, texts) for number, citation in enumerate(citations, 1)]
    return "\n\n".join([texts.sources, *listed])


def collection_reply(documents: Sequence[Document], texts: Texts) -> str:
    """Return the list of the documents, as many as fit, and how many more there are."""
    lines = [texts.documents.format(count=len(documents))]
    room = LIST_LIMIT
    for number, document in enumerate(documents, 1):
        entry = f"{number}. {_origin(title_of(document), document, texts)}"
        room -= units(visible(entry)) + 1
        if room < 0 or number > LIST_ENTRIES:
            return "\n".join([*lines, texts.and_more.format(count=len(documents) - number + 1)])
        lines.append(entry)
    return "\n".join(lines)


def _cited(number: int, hit: Hit, limit: int, texts: Texts) -> str:
    origin = _origin(title_of(hit.document), hit.document, texts)
    quote = "<blockquote>" if number == 1 else "<blockquote expandable>"
    return f"<b>[{number}]</b> {origin}\n{quote}{_excerpt(hit, limit)}</blockquote>"


def _nearest(hit: Hit, texts: Texts) -> str:
    return texts.nearest.format(document=_origin(title_of(hit.document), hit.document, texts))


def _source(number: int, citation: Citation, texts: Texts) -> str:
    passage = texts.passage.format(
        document=escaped(line(citation.document, NAME_LIMIT)),
        start=citation.start,
        end=citation.end,
    )
    quote = escaped(line(citation.quote, QUOTE_LIMIT))
    origin = _origin(citation.title, citation, texts)
    return f"<b>[{number}]</b> {origin}\n{passage}\n<blockquote>{quote}</blockquote>"


def _origin(title: str, of: Document | Citation, texts: Texts) -> str:
    """Return the title, linked where there is an address, then publisher and date if known."""
    known = (line(of.source, SOURCE_LIMIT), line(texts.date(of.date), DATE_LIMIT))
    published = ", ".join(part for part in known if part)
    linked = link(line(title, TITLE_LIMIT), of.url)
    return f"{linked} — <i>{escaped(published)}</i>" if published else linked


def _excerpt(hit: Hit, limit: int) -> str:
    text, passage, bold = hit.document.text, hit.passage.span, hit.highlight
    window = _window(hit, limit)
    bold = Span(bold.start, min(bold.end, window.end))
    before, after = Span(window.start, bold.start), Span(bold.end, window.end)
    return "".join(
        (
            "… " if window.start > passage.start else "",
            escaped(before.of(text)),
            f"<b>{escaped(bold.of(text))}</b>",
            escaped(after.of(text)),
            " …" if window.end < passage.end else "",
        )
    )


def _window(hit: Hit, limit: int) -> Span:
    """Return the longest run of whole sentences around the highlight that fits into `limit`."""
    text, passage, middle = hit.document.text, hit.passage, hit.highlight
    starts = {s.start for s in passage.sentences if s.start < middle.start}
    ends = {s.end for s in passage.sentences if s.end > middle.end}
    windows = (
        Span(start, end)
        for start in starts | {passage.span.start, middle.start}
        for end in ends | {passage.span.end, middle.end}
    )

    def preference(window: Span) -> tuple[int, int]:  # long, and the answer in its middle
        before, after = middle.start - window.start, window.end - middle.end
        return -(before + after), abs(before - after)

    for window in sorted(windows, key=preference):
        if units(window.of(text)) <= limit:
            return window
    return Span(middle.start, middle.start + len(beginning(middle.of(text), limit)))
