"""The table: which update goes to which handler.

The order is the order of precedence: the first route that matches gets the update. Telegram is
asked only for kinds of updates that have a route; channel posts and reactions, say, are passed over
on purpose.
"""

from __future__ import annotations

from telegram.ext import filters
from telegram.ext.filters import BaseFilter

from bot.access.filters import Administers
from bot.handlers.adding import AddingHandlers
from bot.handlers.addresses import AddressHandlers
from bot.handlers.answers import AnswerHandlers
from bot.handlers.collections import CollectionHandlers
from bot.handlers.documents import DocumentHandlers
from bot.handlers.feedback import FeedbackHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.guest import GuestHandlers
from bot.handlers.inline import InlineHandlers
from bot.handlers.intake import Intake
from bot.handlers.joining import JoiningHandlers
from bot.handlers.language import LanguageHandlers
from bot.handlers.page_pictures import PagePictureHandlers
from bot.handlers.privacy import PrivacyHandlers
from bot.handlers.questions import QuestionHandlers
from bot.handlers.reader import ReaderHandlers
from bot.handlers.routing import (
    Route,
    on_ask_command,
    on_button,
    on_command,
    on_edit,
    on_empty_button,
    on_file,
    on_guest_question,
    on_inline_query,
    on_link,
    on_message,
    on_other_button,
    on_question,
)
from bot.handlers.services import Services
from bot.handlers.sources import SourcesHandlers
from bot.handlers.uploads import UploadHandlers
from bot.handlers.watches import WatchHandlers
from bot.replies.callback_data import (
    AddTo,
    AskIn,
    AskInAll,
    ChooseLanguage,
    Exclude,
    Keep,
    Rate,
    ReadDocument,
    Remove,
    RemoveSurely,
    ShowNearest,
    ShowPage,
    ShowSources,
    TurnAnswer,
    TurnCollection,
    TurnDocument,
    TurnDocuments,
    TurnRemovable,
    Unwatch,
)
from bot.replies.deep_links import TO_PAGE

PRIVATE, WORDS = filters.ChatType.PRIVATE, filters.TEXT | filters.CAPTION
FILES = filters.PHOTO | filters.Document.ALL & ~filters.ANIMATION  # which is a document as well


def routes(services: Services, personal: bool) -> list[Route]:
    """Return the routes of all updates.

    Args:
        services: What the handlers work with.
        personal: Whether inline results may be shown only to the person who asked.
    """
    general, questions = GeneralHandlers(services), QuestionHandlers(services)
    answers, feedback = AnswerHandlers(services), FeedbackHandlers(services)
    sources, reader = SourcesHandlers(services), ReaderHandlers(services)
    language, inline = LanguageHandlers(services), InlineHandlers(services, personal)
    pictures, watches = PagePictureHandlers(services), WatchHandlers(services)
    documents, intake = DocumentHandlers(services), Intake()
    uploads, addresses = UploadHandlers(services, intake), AddressHandlers(services, intake)
    adding = AddingHandlers(services, questions, uploads, addresses)
    admins = PRIVATE & Administers(services.access)
    collections = _of_collections(services, admins) if services.access.is_divided else []
    return [
        on_empty_button(general.old_button),
        # Administrators see, add and remove documents, in private. Taking up a document may take
        # minutes, in which their chat goes on.
        on_file(admins & FILES, adding.add_file),
        on_button(AddTo, adding.chosen, block=False),
        on_command("add", adding.add_address, admins, block=False),
        on_command("documents", documents.show, admins),
        on_command("forget", documents.offer, admins),
        on_button(TurnDocuments, documents.turn),
        on_button(TurnRemovable, documents.turn_offer),
        on_button(Remove, documents.choose),
        on_button(RemoveSurely, documents.remove, block=False),
        on_button(Keep, documents.keep),
        *collections,
        # Everyone asks and is answered.
        on_link(PRIVATE, reader.follow),
        on_link(PRIVATE, pictures.follow, TO_PAGE, block=False),
        on_command("start", general.start),
        on_command("help", general.help),
        on_ask_command(questions.ask),
        on_command("sources", sources.sources),
        on_command("watch", watches.watch),
        on_command("language", language.offer),
        on_command("forgetme", PrivacyHandlers(services).forget),
        # Any other command is a slip of the finger in private; in a group, another bot's.
        on_message(PRIVATE & filters.COMMAND, general.help),
        # All other words, in groups too: the gate knows which of them are for the bot.
        on_question(WORDS, questions.ask),
        on_message(PRIVATE & ~filters.StatusUpdate.ALL, general.no_text),
        on_edit(WORDS, questions.revise),
        # Everyone presses buttons.
        on_button(Unwatch, watches.unwatch),
        on_button(ChooseLanguage, language.choose),
        on_button(TurnAnswer, answers.turn),
        on_button(ShowNearest, answers.nearest),
        on_button(ShowSources, answers.sources),
        on_button(TurnCollection, sources.turn),
        on_button(ReadDocument, reader.open),
        on_button(TurnDocument, reader.turn),
        # Drawing a page may take seconds, in which its chat goes on.
        on_button(ShowPage, pictures.show, block=False),
        on_button(Rate, feedback.rate),
        on_other_button(general.old_button),
        on_inline_query(inline.offer),
        on_guest_question(WORDS, GuestHandlers(services).ask),
    ]


def _of_collections(services: Services, admins: BaseFilter) -> list[Route]:
    """Return the routes that there are only where the documents are divided."""
    collections, joining = CollectionHandlers(services), JoiningHandlers(services)
    return [
        on_command("invite", joining.invite, admins),
        on_command("members", joining.members, admins),
        on_button(Exclude, joining.exclude),
        on_command("collections", collections.show),
        on_button(AskIn, collections.choose),
        on_button(AskInAll, collections.choose_all),
        on_command("join", joining.join),
        on_command("leave", joining.leave),
    ]
