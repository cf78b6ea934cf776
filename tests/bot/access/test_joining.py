"""Codes: made by administrators, valid once and for a day, for a group, a topic or a person."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.handlers import joining
from bot.store import Member, Memberships, Store
from tests.bot.access.test_attacks import PRESS, QUESTION, say, stage
from tests.helpers.desks import opening
from tests.helpers.desks.opening import opened_stage
from tests.helpers.desks.steps import Stage
from tests.helpers.desks.telegram import ManyChats
from tests.helpers.desks.world import FORUM, Place
from tests.helpers.fake_telegram import Call

__all__ = ["stage"]

SECRET = "zqfirstw07x"  # noqa: S105 - a word of a document in "kzlegal"


async def code_for(stage: Stage, name: str = "kzlegal", person: int = 12) -> str:
    said = await say(stage, person, None, f"/invite {name}")
    found = re.search(r"/join (\w+)</code>", said)
    assert found, said
    return found[1]


async def join(stage: Stage, person: int, place: Place | None, code: str) -> str:
    chat, topic = place or (person, None)
    stage.world.joined.add(("kzlegal", chat, topic))
    return await say(stage, person, place, f"/join {code}")


async def test_a_code_opens_a_collection_to_a_group_once(stage: Stage) -> None:
    code = await code_for(stage)
    assert SECRET not in await say(stage, 14, PRESS, QUESTION)
    assert "✅" in await join(stage, 14, PRESS, code.upper())
    assert SECRET in await say(stage, 14, PRESS, QUESTION)
    assert await say(stage, 14, (-1002, None), f"/join {code}") == (
        "Mã này sai, đã dùng hoặc đã hết hạn."
    )


async def test_in_a_topic_it_opens_the_topic_alone(stage: Stage) -> None:
    assert "✅" in await join(stage, 14, (FORUM, 5), await code_for(stage))
    assert SECRET in await say(stage, 14, (FORUM, 5), QUESTION)
    assert SECRET not in await say(stage, 14, (FORUM, None), QUESTION)


async def test_a_person_joins_and_leaves(stage: Stage) -> None:
    await join(stage, 14, None, await code_for(stage))
    assert SECRET in await say(stage, 14, None, QUESTION[5:])
    stage.world.joined.clear()
    assert "Kho zqtitlelegal" in await say_and_lose(stage, 14, "/leave")
    assert SECRET not in await say(stage, 14, None, QUESTION[5:])
    assert await say(stage, 14, None, "/leave") == "Ở đây chưa có kho nào được mở bằng mã."


async def say_and_lose(stage: Stage, person: int, words: str) -> str:
    """Write a message whose reply may still name what is lost by it."""
    sent = stage._written(person, None, words)
    await stage.tell(person, None, {"kzlegal", "kzopen"}, message=sent)
    return str(stage.telegram.calls[-1].parameters["text"])


async def test_who_joined_is_listed_and_removed_by_an_administrator(stage: Stage) -> None:
    await join(stage, 14, PRESS, await code_for(stage))
    listed = await say(stage, 12, None, "/members kzlegal")
    assert "Group 1001 (<code>-1001</code>)" in listed
    message = stage.telegram.sent[-1]
    await stage._press(
        13, message.message | {"chat": {"id": 13, "type": "private"}}, message.buttons[0]
    )
    assert SECRET in await say(stage, 14, PRESS, QUESTION)  # 13 does not administer it
    await stage._press(12, message.message, message.buttons[0])
    assert SECRET not in await say(stage, 14, PRESS, QUESTION)


@pytest.mark.parametrize("words", ["/invite kzlegal", "/members kzlegal"])
async def test_others_make_no_code_and_see_no_members(stage: Stage, words: str) -> None:
    assert "kzlegal" not in await say(stage, 13, None, words)  # who administers another one
    assert "kzlegal" not in await say(stage, 14, None, words)


async def test_in_a_group_only_its_administrators_join(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await code_for(stage)
    really = ManyChats._result

    def result(telegram: ManyChats, call: Call) -> object:
        found: Any = really(telegram, call)
        return (
            {**found, "status": "member"}
            if isinstance(found, dict) and "status" in found
            else found
        )

    monkeypatch.setattr(ManyChats, "_result", result)
    said = await say(stage, 14, PRESS, f"/join {code}")
    assert said == "Chỉ quản trị viên của nhóm này mới làm được việc đó."
    assert SECRET not in await say(stage, 14, PRESS, QUESTION)


async def test_codes_are_not_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "TRIES", joining.TRIES_PER_MINUTE)
    async with opened_stage(tmp_path) as stage:
        said = [await say(stage, 14, None, f"/join abcdefghjk{n:02}") for n in range(5)]
    wrong = "Mã này sai, đã dùng hoặc đã hết hạn."
    assert said[:3] == [wrong] * 3
    assert said[3].startswith("Bạn hỏi hơi nhanh") or said[3] not in ("", wrong)
    assert said[4] == ""


def test_a_code_is_valid_for_a_day_and_kept_as_a_hash(store: Store) -> None:
    members, now = Memberships(store.engine), datetime.now(UTC)
    members.invite("press", "abc", now + timedelta(days=1))
    late = Member("", 7, None, "Lan", now + timedelta(days=1, seconds=1))
    assert members.join("abc", late) is None
    members.invite("press", "def", now + timedelta(days=1))
    assert members.join("def", Member("", 7, None, "Lan", now)) == "press"
    assert members.join("def", Member("", 8, None, "Tom", now)) is None
    assert members.joined(7) == {"press"}
    with store.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT code FROM invitations").all())
    assert "abc" not in kept


def test_what_is_kept_of_a_person_is_erased(store: Store) -> None:
    members, now = Memberships(store.engine), datetime.now(UTC)
    members.invite("press", "abc", now + timedelta(days=1))
    members.join("abc", Member("", 7, None, "Lan", now))
    members.choose(7, "press")
    store.forget(7)
    assert (members.joined(7), members.choice_of(7)) == (frozenset(), None)
