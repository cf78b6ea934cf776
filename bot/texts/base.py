"""The bot's texts as the fields of one class, which every language fills.

Each field is one text in Telegram's HTML, with named places to fill in. The code that fills a
place escapes the value. A `Texts` cannot be created without all of its fields, so no text can be
missing in a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from retrieval.collecting.fetch_errors import FetchCause
from retrieval.pages import listed
from retrieval.periods import Period, shortest
from retrieval.refusals import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The bot's texts in one language.

    `commands` maps each command to its description in the menu. `admin_commands` does so for the
    commands that only administrators see, `collection_commands` and `collection_admin_commands` for
    those that there are where the documents are divided. `refusals` says why a file cannot be read,
    and `fetch_failures` why an address cannot be fetched. `name` is the language's own name.
    `months` are the names of the months, empty where dates are written in numbers. `year`, `month`
    and `day` are what stands around a date of this kind in a sentence.
    """

    language: str
    name: str
    months: tuple[str, ...]
    commands: Mapping[str, str]
    admin_commands: Mapping[str, str]
    collection_commands: Mapping[str, str]
    collection_admin_commands: Mapping[str, str]
    description: str
    short_description: str
    start: str
    help: str
    how_to_ask: str
    too_long: str
    only_text: str
    understood: str
    year: str
    month: str
    day: str
    within: str
    since: str
    before: str
    between: str
    published_by: str
    only_within: str
    outside: str
    newest_first: str
    undated: str
    not_found: str
    nearest: str
    missing: str
    nearest_passages: str
    further: str
    also_in_one: str
    also_in_some: str
    also_in: str
    and_more: str
    sources: str
    passage: str
    open_citation: str
    changed: str
    gone: str
    changed_or_gone: str
    unavailable: str
    nothing_readable: str
    collections: str
    all_collections: str
    invite_which: str
    invitation: str
    join_how: str
    join_in_charge: str
    joined: str
    no_such_code: str
    leave_none: str
    leave_which: str
    left: str
    members: str
    members_none: str
    members_which: str
    exclude_button: str
    page: str
    page_of_file: str
    pages_of_file: str
    recognised: str
    recognised_page: str
    recognised_pages: str
    page_button: str
    page_not_marked: str
    page_not_drawn: str
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
    upload_where: str
    upload_chosen: str
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
    how_to_add_address: str
    how_to_watch: str
    watch_none: str
    watch_list: str
    watch_added: str
    watch_already: str
    watch_too_many: str
    watch_answered: str
    add_fetching: str
    add_failed: str
    fetch_failures: Mapping[FetchCause, str]
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
        return self._help_with(self.commands)

    @property
    def divided_usage(self) -> str:
        """The same where the documents are divided into collections."""
        return self._help_with({**self.commands, **self.collection_commands})

    def _help_with(self, commands: Mapping[str, str]) -> str:
        lines = (f"/{command} – {says}" for command, says in commands.items())
        return f"{self.help}\n\n" + "\n".join(lines)

    def pages(self, numbers: Sequence[int]) -> str:
        """Return the numbers of a file's pages, ascending, as a citation has them: "pp. 3–4"."""
        said = self.page_of_file if len(numbers) == 1 else self.pages_of_file
        return said.format(pages=listed(numbers))

    def recognised_on(self, numbers: Sequence[int]) -> str:
        """Return that text was recognised in a picture, and on which pages if it has any."""
        if not numbers:
            return self.recognised
        said = self.recognised_page if len(numbers) == 1 else self.recognised_pages
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

    def period(self, period: Period) -> str:
        """Return a period as it follows "documents": "from August 2024", "before 2023"."""
        if period.iso:
            return self.within.format(date=self._named(period.iso))
        if period.first is None or period.end is None:
            bound, day = (self.since, period.first) if period.first else (self.before, period.end)
            return bound.format(date=self._named(shortest(day)) if day else "")
        exact = max(len(shortest(day)) for day in (period.first, period.end))
        last = (period.end - timedelta(days=1)).isoformat()[:exact]
        first = self._named(period.first.isoformat()[:exact])
        return self.between.format(first=first, last=self._named(last))

    def _named(self, iso: str) -> str:
        """Return an ISO 8601 date within a sentence: "tháng 8/2024", "August 2024"."""
        kind = (self.year, self.month, self.day)[iso.count("-")]
        return kind.format(date=self.date(iso))
