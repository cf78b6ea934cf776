"""A citation with its passage as the collection holds it now, or with the reason why it is lost.

An old answer may be opened months later, when documents were renamed, corrected or removed:
`bot.search` looks its words up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.citations import Citation
from bot.texts import Texts
from retrieval.answers import Hit
from retrieval.documents import Document, Passage


class Loss(Enum):
    """What has become of a document whose cited words are no longer there."""

    CHANGED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation, its passage unless that was lost, and the documents that say the same.

    `collection` is the title of its collection, empty where it need not be told from others.
    """

    citation: Citation
    passage: Passage | Loss
    also_in: tuple[Document, ...] = ()
    collection: str = ""

    @classmethod
    def of(cls, hit: Hit, from_several: bool = False) -> Quotation:
        """Return the quotation of a new hit, `from_several` collections or from one."""
        collection = hit.collection.title if from_several else ""
        return cls(Citation.of(hit), hit.passage, hit.also_in, collection)


def loss_reply(loss: Loss | None, texts: Texts) -> str:
    """Say what has become of a document; None where it is not known which of the two."""
    return {Loss.CHANGED: texts.changed, Loss.GONE: texts.gone, None: texts.changed_or_gone}[loss]
