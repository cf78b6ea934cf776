"""The bot's texts as the fields of one class, which every language fills.

Each field is one text in Telegram's HTML, with named places to fill in. The code that fills a
place escapes the value. A `Texts` cannot be created without all of its fields, so no text can be
missing in a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.pages import listed
from retrieval.refusals import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The bot's texts in one language.

    `commands` maps each command to its description in the menu. `admin_commands` does so for the
    commands that only administrators see. `refusals` says why a file cannot be read. `name` is
    the language's own name. `months` are the names of the months, empty where dates are written in
    numbers.
    """

    language: str
    name: str
    months: tuple[str, ...]
    commands: Mapping[str, str]
    admin_commands: Mapping[str, str]
    description: str
    short_description: str
    start: str
    help: str
    how_to_ask: str
    too_long: str
    only_text: str
    understood: str
    not_found: str
    nearest: str
    missing: str
    nearest_passages: str
    further: str
    sources: str
    passage: str
    open_citation: str
    changed: str
    gone: str
    changed_or_gone: str
    page: str
    page_of_file: str
    pages_of_file: str
    recognised_page_of_file: str
    recognised_pages_of_file: str
    documents: str
    read_button: str
    copy_button: str
    open_button: str
    sources_button: str
    nearest_button: str
    person_forgotten: str
    choose_language: str
    automatic: str
    language_chosen: str
    language_automatic: str
    old_button: str
    hello: str
    welcome: str
    goodbye: str
    listening: str
    examples: str
    about_what: str
    helpful: str
    unhelpful: str
    slow_down: str
    inline_how_to_ask: str
    inline_not_found: str
    upload_received: str
    upload_reading: str
    upload_indexing: str
    upload_added: str
    upload_replaced: str
    upload_read_in_part: str
    upload_recognised: str
    photo: str
    upload_refused: str
    upload_lost: str
    upload_not_read: str
    upload_not_saved: str
    upload_not_indexed: str
    refusals: Mapping[Cause, str]
    how_to_add: str
    forget_which: str
    forget_none: str
    forget_sure: str
    forget_button: str
    keep_button: str
    forgotten: str
    forget_kept: str
    forget_last: str
    forget_failed: str
    forget_still_indexed: str
    not_admitted: str
    failed: str

    @property
    def usage(self) -> str:
        """The help, followed by every command and its description."""
        lines = (f"/{command} – {says}" for command, says in self.commands.items())
        return f"{self.help}\n\n" + "\n".join(lines)

    def pages(self, numbers: Sequence[int]) -> str:
        """Return the numbers of a file's pages, ascending, as a citation has them: "pp. 3–4"."""
        said = self.page_of_file if len(numbers) == 1 else self.pages_of_file
        return said.format(pages=listed(numbers))

    def recognised_pages(self, numbers: Sequence[int]) -> str:
        """Return the same of text that was recognised in a picture, and that it was."""
        many = len(numbers) > 1
        said = self.recognised_pages_of_file if many else self.recognised_page_of_file
        return said.format(pages=listed(numbers))

    def date(self, iso: str) -> str:
        """Return an ISO 8601 date as people write it, "29/9/2021" or "29 September 2021".

        The date may lack its day, or day and month. Any other text is returned as it is.
        """
        if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", iso):
            return iso
        year, *rest = (int(part) for part in iso.split("-"))
        if not self.months:
            return "/".join(str(part) for part in (*reversed(rest), year))
        month = [self.months[rest[0] - 1]] if rest else []
        return " ".join(str(part) for part in (*rest[1:], *month, year))
