"""Inline mode on the demo's server: typed, answered, chosen."""

from __future__ import annotations

import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import (
    BOT,
    GROUP,
    MAI,
    PRIVATE,
    BotClient,
    PersonClient,
    plain_entities,
)

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
UNPARSED = "can't parse inline query result: "


def article(number: str = "1", html: str = "<b>Ông X</b>", **fields: object) -> dict[str, object]:
    content = {"message_text": html, "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": number,
        "title": "X",
        "input_message_content": content,
    } | fields


def test_what_is_typed_reaches_the_bot(minh: PersonClient, bot: BotClient) -> None:
    number = minh.type_inline("ai chủ trì?", GROUP, offset="10")
    query = bot.update()["inline_query"]
    assert query["from"]["id"] == PRIVATE
    assert (query["id"], query["query"], query["offset"], query["chat_type"]) == (
        number,
        "ai chủ trì?",
        "10",
        "supergroup",
    )
    minh.type_inline("x" * 300)
    query = bot.update()["inline_query"]
    assert (len(query["query"]), query["chat_type"]) == (256, "sender")


def test_results_are_offered_and_one_is_sent(minh: PersonClient, bot: BotClient) -> None:
    number = minh.type_inline("ai?", GROUP)
    button = {"text": "Nguồn", "url": "https://t.me/trichdan_bot?start=src_1"}
    results = [article("a"), article("b", reply_markup={"inline_keyboard": [[button]]})]
    bot.call("answerInlineQuery", inline_query_id=number, results=results, next_offset="2")
    offered = minh.next(lambda event: event["kind"] == "inline")["data"]
    assert offered == {"query_id": number, "results": results, "next_offset": "2", "button": None}
    sent = minh.choose(offered, 1, GROUP)
    assert (sent["text"], sent["from"]["id"], sent["via_bot"]["id"]) == ("Ông X", PRIVATE, BOT)
    assert plain_entities(sent) == [("bold", "Ông X")]
    assert sent["reply_markup"]["inline_keyboard"] == [[button]]
    assert bot.update()["inline_query"]["id"] == number
    assert bot.update()["message"] == sent


def test_an_answer_is_kept_for_its_time(
    server: DemoServer, minh: PersonClient, bot: BotClient
) -> None:
    number = minh.type_inline("ai?")
    bot.call("answerInlineQuery", inline_query_id=number, results=[article()], cache_time=60)
    mai = PersonClient(server.url, MAI)
    assert mai.inline("ai?", GROUP)["results"] == [article()]
    assert len(bot.call("getUpdates")) == 1
    personal = minh.type_inline("tôi?")
    given = {"inline_query_id": personal, "results": [article()], "is_personal": True}
    bot.call("answerInlineQuery", **given)
    assert minh.inline("tôi?")["results"] == [article()]
    mai.type_inline("tôi?", GROUP)
    passing = minh.type_inline("nay?")
    bot.call("answerInlineQuery", inline_query_id=passing, results=[], cache_time=0)
    minh.type_inline("nay?")
    queries = [update["inline_query"] for update in bot.call("getUpdates")]
    assert [(query["from"]["id"], query["query"]) for query in queries] == [
        (PRIVATE, "ai?"),
        (PRIVATE, "tôi?"),
        (MAI, "tôi?"),
        (PRIVATE, "nay?"),
        (PRIVATE, "nay?"),
    ]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("đ" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [], "next_offset": "9" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [article(title="")]}, f'{UNPARSED}Field "title" is empty'),
        ({"results": [article(type="photo")]}, f"{UNPARSED}this server shows articles alone"),
        ({"results": [article(html=" ")]}, "message text is empty"),
        ({"results": [article(html="x" * 4097)]}, "message is too long"),
        (
            {"results": [article(html="<p>")]},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            {"results": [article(input_message_content={})]},
            "can't parse input message content: Message text is not specified",
        ),
    ],
)
def test_what_is_no_answer(
    minh: PersonClient, bot: BotClient, parameters: dict[str, object], description: str
) -> None:
    number = minh.type_inline("ai?")
    refusal = bot.refusal("answerInlineQuery", inline_query_id=number, **parameters)
    assert refusal == (400, f"Bad Request: {description}")


def test_a_query_is_answered_once(minh: PersonClient, bot: BotClient) -> None:
    number = minh.type_inline("ai?")
    bot.call("answerInlineQuery", inline_query_id=number, results=[])
    for query_id in (number, "9"):
        refusal = bot.refusal("answerInlineQuery", inline_query_id=query_id, results=[])
        assert refusal == (400, f"Bad Request: {TOO_OLD}")


def test_only_what_was_offered_can_be_sent(minh: PersonClient) -> None:
    number = minh.type_inline("ai?")
    with pytest.raises(AssertionError, match="RESULT_ID_INVALID"):
        minh.choose({"query_id": number, "results": [article("a")]})
