"""An `Answer` as the command line prints it: for people, or as one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from retrieval.documents import Answer, Hit


def as_text(answer: Answer) -> str:
    """Return the answer for people: numbered excerpts, the answering sentence between `**`."""
    if not answer.hits:
        return "Not found: the question holds no word to look for."
    head = [] if answer.restored is None else [f"Understood as: {answer.restored}"]
    if not answer.answered:
        head.append("Not found in these documents. The nearest passages:")
    return "\n\n".join([*head, *(_excerpt(i, hit) for i, hit in enumerate(answer.hits, 1))])


def as_json(answer: Answer) -> str:
    """Return the answer as one line of JSON; `highlight` counts from the start of `text`."""
    fields = {
        "question": answer.question,
        "language": answer.language,
        "restored": answer.restored,
        "answered": answer.answered,
        "hits": [_fields(hit) for hit in answer.hits],
    }
    return json.dumps(fields, ensure_ascii=False)


def _excerpt(number: int, hit: Hit) -> str:
    text, bold = hit.passage.text, hit.highlight_in_text
    document = hit.document
    origin = ", ".join(part for part in (document.source, document.date) if part)
    title = document.title or document.name
    return (
        f"{number}. {title}{f' ({origin})' if origin else ''}  [{hit.score:.3f}]\n"
        f"{text[: bold.start]}**{bold.of(text)}**{text[bold.end :]}"
    )


def _fields(hit: Hit) -> dict[str, Any]:
    document, bold = hit.document, hit.highlight_in_text
    return {
        "document": document.name,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "language": document.language,
        "text": hit.passage.text,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "highlight": [bold.start, bold.end],
        "score": round(hit.score, 6),
    }
