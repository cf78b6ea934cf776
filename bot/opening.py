"""The collections opened as the settings say, once their file is known to be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.rules_file import read_rules
from bot.freed_memory import give_back_freed_memory
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from retrieval.library import Library


def open_library(settings: RetrievalSettings) -> Library:
    """Open all collections, and build first those whose index does not hold.

    Raises:
        SettingsError: The file that COLLECTIONS names has a mistake.
        UserError: As `Library.open` does.
    """
    file = settings.collections
    divisions = read_rules(file, settings.seeds).divisions if file else ()
    from retrieval.library import Library  # takes seconds, so the file is read before

    library = Library.open(settings, divisions)
    give_back_freed_memory()
    return library
