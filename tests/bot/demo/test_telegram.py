"""The demo's server as python-telegram-bot sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ChatAction, MessageEntityType, ParseMode
from telegram.error import BadRequest, InvalidToken
from telegram.request import HTTPXRequest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import GROUP, PRIVATE, PersonClient


@pytest.fixture
async def bot(server: DemoServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        yield bot


async def test_messages_and_buttons(server: DemoServer, bot: Bot) -> None:
    minh = PersonClient(server.url)
    minh.say("/ask Ai?")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/ask"}
    sent = await bot.send_message(
        PRIVATE,
        "<blockquote expandable>😀 <b>Ông X</b></blockquote>",
        parse_mode=ParseMode.HTML,
        reply_parameters=ReplyParameters(update.message.message_id),
        reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data="d")),
        disable_web_page_preview=True,
    )
    assert sent.reply_to_message == update.message
    assert [(entity.type, text) for entity, text in sent.parse_entities().items()] == [
        (MessageEntityType.EXPANDABLE_BLOCKQUOTE, "😀 Ông X"),
        (MessageEntityType.BOLD, "Ông X"),
    ]
    minh.press(sent.to_dict(), "d")
    [update] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query is not None
    assert update.callback_query.message == sent
    assert await update.callback_query.answer("xong")
    edited = await update.callback_query.edit_message_text("hai")
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("hai", None)
    assert await bot.send_chat_action(PRIVATE, ChatAction.TYPING)
    assert await edited.delete()


async def test_what_a_bot_tells_of_itself(bot: Bot) -> None:
    assert (await bot.get_me()).username == "trichdan_bot"
    commands = (BotCommand("ask", "hỏi một câu"),)
    scope = BotCommandScopeAllGroupChats()
    assert await bot.set_my_commands(commands, scope, "vi")
    assert await bot.get_my_commands(scope, "vi") == commands
    assert await bot.delete_my_commands(scope, "vi")
    assert await bot.set_my_short_description("trích dẫn", "vi")
    assert (await bot.get_my_short_description("vi")).short_description == "trích dẫn"
    assert (await bot.get_chat(GROUP)).title == "Phòng tin · Newsroom"
    assert (await bot.get_chat_member(PRIVATE, PRIVATE)).user.first_name == "Minh"
    assert (await bot.get_webhook_info()).url == ""


async def test_refusals_are_its_errors(server: DemoServer, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    with pytest.raises(BadRequest, match='unsupported start tag "p" at byte offset 0'):
        await bot.send_message(PRIVATE, "<p>", parse_mode=ParseMode.HTML)
    async with HTTPXRequest() as request:
        stranger = Bot("1:x", f"{server.url}/bot", request=request, get_updates_request=request)
        with pytest.raises(InvalidToken):
            await stranger.get_me()
