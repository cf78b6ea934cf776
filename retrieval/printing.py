"""An `Answer` as the command line prints it: for people, or as one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from retrieval.answers import Answer, Hit, Outcome
from retrieval.documents import Passage
from retrieval.pages import listed
from retrieval.scopes import Scope


def as_text(answer: Answer, explain: bool = False) -> str:
    """Return the answer for people: numbered excerpts, the answering sentence between `**`.

    With `explain` each is followed by what its score is made of.
    """
    if not answer.hits:
        return _without_hits(answer)
    head = [] if answer.restored is None else [f"Understood as: {answer.restored}"]
    if answer.scope.newest:
        head.append("Of documents that answer alike, the newest come first.")
    if not answer.answered:
        head.append(_refused(answer))
    several, is_dated = answer.is_from_several, answer.scope.period is not None
    excerpts = [
        _excerpt(number, hit, several, is_dated) for number, hit in enumerate(answer.hits, 1)
    ]
    if explain:
        excerpts = [
            f"{excerpt}\n{_explained(hit)}"
            for excerpt, hit in zip(excerpts, answer.hits, strict=True)
        ]
    return "\n\n".join([*head, *excerpts])


def as_json(answer: Answer, explain: bool = False) -> str:
    """Return the answer as one line of JSON; `highlight` counts from the start of `text`.

    `pages` are those of the excerpt, null where the document has none. `recognised` tells whether
    any of it was recognised in a picture. Where several collections were asked, each hit has
    `collection`, the name of its own. With `explain` each has `parts`: the name, value and weight
    of what its score is made of.
    """
    fields = {
        "question": answer.question,
        "language": answer.language,
        "restored": answer.restored,
        "answered": answer.answered,
        "outcome": answer.outcome.value,
        "missing": list(answer.missing),
        "scope": _scope(answer.scope),
        "outside": answer.outside,
        "hits": [
            _fields(hit)
            | ({"collection": hit.collection.name} if answer.is_from_several else {})
            | (_parts(hit) if explain else {})
            for hit in answer.hits
        ],
    }
    return json.dumps(fields, ensure_ascii=False)


def _refused(answer: Answer) -> str:
    """Return the line that tells why the excerpts below it are no answer."""
    if answer.outside:
        return f"No document within {answer.scope.typed} answers. Outside of these limits:"
    if answer.missing:
        return f"These documents do not mention: {', '.join(answer.missing)}. The nearest passages:"
    if answer.outcome is Outcome.NEAREST:
        return "No certain answer in these documents. The nearest passages:"
    return "Not found in these documents. The nearest passages:"


def _without_hits(answer: Answer) -> str:
    if answer.courtesy:
        return "Not searched: this asks nothing of the documents."
    if answer.incomplete:
        return "What is this about? It follows a question that was not asked here."
    return "Not found: the question holds no word to look for."


def _scope(scope: Scope) -> dict[str, Any]:
    """Return what the documents were limited to; `before` is the first day that is not asked."""
    period = scope.period
    return {
        "after": period.first.isoformat() if period and period.first else None,
        "before": period.end.isoformat() if period and period.end else None,
        "source": scope.source or None,
        "newest": scope.newest,
    }


def _excerpt(number: int, hit: Hit, from_several: bool, is_dated: bool) -> str:
    """Return a hit; where the question `is_dated`, a document without a date is marked."""
    text, bold = hit.passage.text, hit.highlight_in_text
    also = f"\n   also in: {', '.join(one.name for one in hit.also_in)}" if hit.also_in else ""
    undated = " (undated)" if is_dated and not hit.document.date else ""
    collection = [hit.collection.title] if from_several else []
    path = [*collection, hit.document.citation + undated, *hit.passage.headings]
    cited = " › ".join(path) + _place(hit.passage)
    return (
        f"{number}. {cited}  [{hit.score:.3f}]{also}\n"
        f"{text[: bold.start]}**{hit.quote}**{text[bold.end :]}"
    )


def _place(passage: Passage) -> str:
    """Return the pages, and whether the text was recognised in a picture of them."""
    said = ", text recognised in a picture" if passage.is_recognised else ""
    if not passage.pages:
        return said
    one, many = ("page", "pages") if said else ("p.", "pp.")
    return f"{said}, {one if len(passage.pages) == 1 else many} {listed(passage.pages)}"


def _explained(hit: Hit) -> str:
    lines = [f"   {p.name:<22} {p.value:6.3f} x {p.weight:4.1f} = {p.adds:6.3f}" for p in hit.parts]
    return "\n".join([*lines, f"   {'score':<22} {hit.score:22.3f}"])


def _parts(hit: Hit) -> dict[str, Any]:
    return {"parts": [[part.name, round(part.value, 6), part.weight] for part in hit.parts]}


def _fields(hit: Hit) -> dict[str, Any]:
    document, bold = hit.document, hit.highlight_in_text
    return {
        "document": document.name,
        "title": document.title,
        "headings": list(hit.passage.headings),
        "pages": list(hit.passage.pages) or None,
        "recognised": hit.passage.is_recognised,
        "date": document.date,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "text": hit.passage.text,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "highlight": [bold.start, bold.end],
        "score": round(hit.score, 6),
        "also_in": [one.name for one in hit.also_in],
    }
