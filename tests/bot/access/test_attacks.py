"""Ways to see more than one may, each tried by hand on the whole bot."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.incoming.watched_questions import WatchedQuestions
from bot.replies.collections import key_of_collection
from bot.store import KeptWatches, Store
from retrieval.reading.parser import parse
from tests.helpers.desks.opening import opened_stage
from tests.helpers.desks.papers import Paper, papers
from tests.helpers.desks.steps import Json, Stage
from tests.helpers.desks.telegram import chat_of, person_of
from tests.helpers.desks.world import FORUM, Place

PRESS, SPORTS = (-1001, None), (-1002, None)
LEGAL = FORUM, 6
QUESTION = "/ask Hội nghị chung bàn về gì?"
UNAVAILABLE = "Nội dung này không còn xem được ở đây."


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Tasks created via `Application.create_task`")
        async with opened_stage(tmp_path) as stage:
            yield stage


async def say(stage: Stage, person: int, place: Place | None, text: str, **more: Json) -> str:
    """Write a message and return the text of the last reply, empty for silence."""
    sent = stage._written(person, place, text) | more
    await stage.tell(person, place, message=sent)
    return said(stage)


async def press(stage: Stage, person: int, message: Json, data: str) -> str:
    """Press a button and return what the person gets to read, as one text."""
    await stage._press(person, message, data)
    texts = (str(one.parameters.get("text") or "") for one in stage.telegram.calls)
    return "\n".join(texts).strip()


def said(stage: Stage) -> str:
    calls = [one for one in stage.telegram.calls if one.method == "sendMessage"]
    return str(calls[-1].parameters["text"]) if calls else ""


def hash_of(paper: Paper) -> str:
    return sha256(parse("a.txt", paper.content.encode()).text.encode()).hexdigest()[:16]


async def test_two_chats_get_different_answers_to_one_question(stage: Stage) -> None:
    press_says = await say(stage, 12, PRESS, QUESTION)
    sports_says = await say(stage, 12, SPORTS, QUESTION)
    assert "Kho zqtitlepress" in press_says  # it is named beside the one that is open to all
    assert "Kho zqtitlesports" in sports_says
    assert "zqfirstw02x" in press_says
    assert "zqfirstw02x" not in sports_says


async def test_the_buttons_of_a_forwarded_answer_show_nothing_elsewhere(stage: Stage) -> None:
    await say(stage, 12, PRESS, QUESTION)
    answer = stage.telegram.sent[-1]
    elsewhere = answer.message | {"chat": chat_of(-1002)}
    for data in answer.buttons:
        assert "w02x" not in await press(stage, 13, elsewhere, data)
    for data in answer.buttons:
        if data.startswith("read:"):
            assert "zq" in await press(stage, 13, answer.message, data)  # where it was given


async def test_a_guessed_deep_link_shows_nothing(stage: Stage) -> None:
    link = f"/start src_{hash_of(papers()[1])}_0_20"
    assert "zq" in await say(stage, 11, None, link)
    refused = await say(stage, 13, None, link)
    assert refused == await say(stage, 13, None, "/start src_0123456789abcdef_0_20")


@pytest.mark.parametrize("data", ["documents:1", "forget:page:1", "list:1", "in:all"])
async def test_lists_that_were_never_offered_show_only_ones_own(stage: Stage, data: str) -> None:
    message = stage._message(14, None) | {"text": "…"}
    shown = await press(stage, 14, message, data)
    assert "zqtitlew01x" not in shown
    assert "(12)" not in shown


async def test_an_administrator_s_list_is_not_shown_in_a_group(stage: Stage) -> None:
    message = stage._message(19, SPORTS) | {"text": "…"}
    assert "zq" not in await press(stage, 19, message, "documents:1")


async def test_a_file_goes_into_no_collection_that_is_not_ones_own(stage: Stage) -> None:
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "new.txt", "file_size": 9}
    stage.telegram.files["f"] = b"Brunei chaired the talks."
    asked = stage._message(13, None) | {"text": "…", "reply_to_message": stage._message(13, None)}
    asked["reply_to_message"]["document"] = file
    await press(stage, 13, asked, f"add:{key_of_collection('kzpress')}")
    assert not (stage.seeds / "kzpress" / "from-chat").exists()
    await press(stage, 13, asked, f"add:{key_of_collection('kzsports')}")
    assert (stage.seeds / "kzsports" / "from-chat" / "new.txt").exists()


async def test_inline_results_are_those_of_the_person_alone(stage: Stage) -> None:
    for person, own, other in (
        (11, "zqfirstw01x", "zqfirstw04x"),
        (13, "zqfirstw04x", "zqfirstw01x"),
    ):
        query: Json = {"id": "1", "from": person_of(person), "query": QUESTION[5:], "offset": ""}
        await stage.tell(person, None, inline_query=query)
        [given] = [one.parameters for one in stage.telegram.calls]
        assert own in str(given["results"])
        assert other not in str(given["results"])
        assert given["is_personal"] is True
        assert given["cache_time"] == 0


async def test_the_sources_of_another_s_answer_show_where_they_may_be_read(stage: Stage) -> None:
    await say(stage, 12, PRESS, QUESTION)
    answer = stage.telegram.sent[-1].message
    assert "zq" in await say(stage, 14, PRESS, "/sources", reply_to_message=answer)
    stage.world.rules["kzpress"].chats.clear()
    stage.world.rules["kzopen"].public = False
    stage.world.write()
    assert "zq" not in await say(stage, 14, PRESS, "/sources", reply_to_message=answer)


async def test_another_topic_of_the_group_reads_nothing_of_it(stage: Stage) -> None:
    assert "zqfirstw07x" in await say(stage, 14, LEGAL, QUESTION)
    for place in ((FORUM, 5), (FORUM, None)):
        assert "zqfirstw07x" not in await say(stage, 14, place, QUESTION)


async def test_a_person_who_is_removed_has_lost_old_buttons_too(stage: Stage) -> None:
    await say(stage, 11, None, QUESTION[5:])
    answer = stage.telegram.sent[-1]
    stage.world.rules["kzpress"].people.clear()
    stage.world.rules["kzopen"].public = False
    stage.world.write()
    for data in answer.buttons:
        assert "zq" not in await press(stage, 11, answer.message, data)
    assert await press(stage, 11, answer.message, "sources:1") in (
        UNAVAILABLE,
        "This is no longer available here.",
    )


async def test_a_document_that_moved_is_not_told_of_where_it_was(stage: Stage) -> None:
    await say(stage, 12, PRESS, QUESTION)
    answer = stage.telegram.sent[-1]
    for paper in papers()[:3]:
        stage._carry(paper, "kzpress", "kzlegal")
    for data in answer.buttons:
        assert "w02x" not in await press(stage, 12, answer.message, data)
    assert "w02x" not in await say(stage, 12, PRESS, QUESTION)
    assert "w02x" in await say(stage, 12, LEGAL, QUESTION)


async def test_a_guest_chat_with_the_id_of_a_group_gives_no_rights(stage: Stage) -> None:
    stage.world.rules["kzopen"].public = False
    stage.world.write()
    mention = f"@TrichDanBot {QUESTION[5:]}"
    for person, answered in ((11, True), (14, False)):
        sent = stage._written(person, PRESS, mention) | {"guest_query_id": "7"}
        await stage.tell(person, None, guest_message=sent)
        calls = [one for one in stage.telegram.calls if one.method == "answerGuestQuery"]
        assert bool(calls) is answered
        assert not calls or "zqfirstw02x" in str(calls[0].parameters["result"])


async def test_where_nothing_may_be_read_it_says_so(stage: Stage) -> None:
    stage.world.rules["kzopen"].public = False
    stage.world.write()
    for words in ("Hội nghị chung bàn về gì?", "/sources", "/collections"):
        assert "/join" in await say(stage, 14, None, words)


async def test_a_mistake_in_the_file_changes_nothing_and_is_told_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.world.file.write_text("[collection.kzpress]\nfolders = ['kzpress']\nreaders = [1]\n")
    for _ in range(3):
        assert "zqfirstw02x" in await say(stage, 12, PRESS, QUESTION)
    [line] = [one for one in caplog.messages if "stay as they were" in one]
    assert "[collection.kzpress]: unknown 'readers'; known are title, folders, chats" in line


async def test_a_watched_question_hears_only_of_what_its_chat_may_read(stage: Stage) -> None:
    services = stage.searches
    watches = KeptWatches(stage.engine)
    for place in (PRESS, SPORTS):
        await say(stage, 12, place, "/watch Hội nghị chung bàn về gì?")
    bot, store = stage.application.bot, Store(stage.engine)
    watched = WatchedQuestions(bot, services, store, watches)
    await watched.tell()  # what is there now is no news
    new = "Hội nghị chung bàn về zqfirstw99x trong ba ngày. Người chủ trì là Lan.\n"
    (stage.seeds / "kzpress" / "new.txt").write_text(new, "utf-8")
    stage.library.reopen("kzpress")
    stage.telegram.calls.clear()
    await watched.tell()
    heard = {call.parameters["chat_id"]: str(call.parameters) for call in stage.telegram.calls}
    assert heard.keys() == {PRESS[0]}
    assert "zqfirstw99x" in heard[PRESS[0]]
