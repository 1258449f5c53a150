"""The flood limits, on a clock that stands still."""

from __future__ import annotations

import pytest
from telegram.error import RetryAfter

from tests.telegram.fake import FakeTelegram, FloodLimits, ManualClock, TooMany
from tests.telegram.fake.errors import ApiError
from tests.telegram.fake.flood import Flood
from tests.telegram.fake.ptb import ptb_bot

# python-telegram-bot tells of the type that retry_after will have; both kinds are read here
pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2:telegram.warnings.PTBDeprecationWarning")


def sends(flood: Flood, chat: int, method: str = "sendMessage") -> int | None:
    """Send once; the seconds of the refusal, None if it went through."""
    try:
        flood.refuse_early(method, chat)
        flood.admit(method, chat, group=chat < 0)
    except ApiError as error:
        return error.retry_after
    return None


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def flood(clock: ManualClock) -> Flood:
    return Flood(FloodLimits(), clock)


def test_a_short_burst_passes_then_one_a_second(flood: Flood, clock: ManualClock) -> None:
    assert [sends(flood, 1) for _ in range(3)] == [None] * 3
    for _ in range(50):
        clock.advance(1)
        assert sends(flood, 1) is None
    assert sends(flood, 1) == 1
    assert [breach.what for breach in flood.breaches] == ["chat"]


def test_edits_count_and_answers_to_queries_do_not(flood: Flood) -> None:
    assert [sends(flood, 1, "editMessageText") for _ in range(3)] == [None] * 3
    assert sends(flood, 1) == 1
    assert sends(flood, 1, "deleteMessage") is None


def test_what_comes_before_the_wait_is_over_is_a_breach_of_its_own(flood: Flood, clock: ManualClock) -> None:
    flood.block(1, 5)
    clock.advance(2)
    assert sends(flood, 1) == 3
    assert sends(flood, 2) is None
    assert [breach.what for breach in flood.breaches] == ["early"]
    clock.advance(3)
    assert sends(flood, 1) is None


def test_a_group_takes_twenty_a_minute(flood: Flood, clock: ManualClock) -> None:
    for _ in range(20):
        assert sends(flood, -1) is None
        clock.advance(1)
    assert sends(flood, -1) == 40
    clock.advance(40)
    assert sends(flood, -1) is None
    assert [breach.what for breach in flood.breaches] == ["group"]


def test_thirty_a_second_over_all_chats(flood: Flood, clock: ManualClock) -> None:
    assert [sends(flood, chat) for chat in range(1, 31)] == [None] * 30
    for chat in range(31, 61):
        clock.advance(1 / 30)
        assert sends(flood, chat) is None
    assert sends(flood, 61) == 1
    assert sends(flood, 62) == 1, "the whole bot has to wait"
    assert [breach.what for breach in flood.breaches] == ["overall", "early"]


def test_drafts_have_room_of_their_own(flood: Flood, clock: ManualClock) -> None:
    assert [sends(flood, 1, "sendMessageDraft") for _ in range(10)] == [None] * 10
    assert sends(flood, 1, "sendChatAction") == 1
    clock.advance(1)
    assert sends(flood, 1) is None
    assert [breach.what for breach in flood.breaches] == ["preview"]


async def test_the_bot_is_told_to_wait_and_the_breach_is_kept(clock: ManualClock) -> None:
    async with FakeTelegram(clock=clock) as api, ptb_bot(api) as bot:
        user = api.user()
        chat = api.private(user)
        api.say(user, chat, "hi")
        for number in range(3):
            await bot.send_message(user.id, f"{number}")
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(user.id, "one too many")
        assert told.value._retry_after.total_seconds() == 1
        assert [(b.what, b.method, b.chat_id) for b in api.breaches] == [("chat", "sendMessage", user.id)]
        assert len(api.messages(chat)) == 3
        clock.advance(1)
        await bot.send_message(user.id, "now")


async def test_a_planned_429_counts_whoever_does_not_wait(clock: ManualClock) -> None:
    async with FakeTelegram(clock=clock) as api, ptb_bot(api) as bot:
        user = api.user()
        api.say(user, api.private(user), "hi")
        api.fault(TooMany(7), method="sendMessage")
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "x")
        assert not api.breaches
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "x")
        assert [breach.what for breach in api.breaches] == ["early"]
        clock.advance(7)
        await bot.send_message(user.id, "x")
