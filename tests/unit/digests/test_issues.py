"""Issues, from what is due to what a channel shows; clocks that jump, slots that are missed, a Telegram that is away."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.digests.schedule import Schedule
from bot.storage import issues, subscriptions
from pipelines.languages import Language
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway, Status
from tests.unit.digests.newsroom import newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.values import IssueRequest
    from tests.unit.digests.newsroom import Newsroom

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

DAY = datetime(2026, 11, 26, tzinfo=UTC)
MORNING = Schedule(times=(time(8), time(18)), timezone="UTC")


async def _states(here: Newsroom, subscription_id: int) -> list[str]:
    async with here.on.database.connect() as connection:
        return [one.state for one in await issues.of_subscription(connection, subscription_id)]


async def test_an_issue_tells_each_story_once_with_who_reports_it_and_who_matters(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        story = await here.tell(1)
        await here.tell(2, feed=1, story=story, title="Envoys meet in Kabul")
        await here.tell(3)
        await here.at(DAY + timedelta(hours=8))
        (said,) = await here.slot()
        assert said.startswith("News digest — 26 November 2026")
        # two outlets weigh more than one
        assert said.index("Kabul talks, day 1") < said.index("Kabul talks, day 3")
        assert "Outlet a · Outlet b" in said
        assert "Zamir Kabulov" in said[said.index("Key actors") :]
        assert await _states(here, made.id) == ["posted"]
        # the next slot has nothing new, and says nothing
        await here.at(DAY + timedelta(hours=18))
        assert await here.slot() == [said]
        assert await _states(here, made.id) == ["empty", "posted"]


async def test_steps_that_are_run_again_do_nothing_again(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING)
        for number in range(3):
            await here.tell(number)
        await here.at(DAY + timedelta(hours=8))
        (request,) = await here.due()
        for _ in range(2):
            editor = here.editor()  # another process
            issue_id = await editor.collect(request)
            assert issue_id is not None
            await editor.read(request, issue_id)
        assert len(here.papers.fetched) == 3
        await here.run(request)
        await here.run(request)
        assert len(here.said()) == 1
        assert len(here.papers.fetched) == 3


async def test_a_clock_that_goes_back_posts_no_slot_twice(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8, minutes=1))
        assert len(await here.slot()) == 1
        await here.at(DAY + timedelta(hours=7, minutes=30))
        await here.tell(2)
        await here.at(DAY + timedelta(hours=8, minutes=2))
        assert len(await here.slot()) == 1
        await here.at(DAY + timedelta(hours=18))
        assert len(await here.slot()) == 2


async def test_a_clock_that_jumps_ahead_skips_what_is_too_late_and_posts_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(days=5, hours=10))
        (request,) = await here.due()
        assert request.slot == DAY + timedelta(days=5, hours=8)
        assert await here.due() == []


async def test_a_missed_slot_is_made_up_for_a_while_and_then_skipped(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=10, minutes=59))  # the process was down
        (request,) = await here.due()
        assert request.slot == DAY + timedelta(hours=8)
        await here.run(request)
        await here.tell(2)
        await here.at(DAY + timedelta(hours=21, minutes=1))
        assert await here.due() == []
        async with here.on.database.connect() as connection:
            kept = await subscriptions.get(connection, made.id)
        assert kept is not None
        assert kept.due_at == DAY + timedelta(days=1, hours=8)


@pytest.mark.parametrize(
    ("local", "day", "slot"),
    [
        # 02:30 does not come on 28 March 2027: at the first instant after the gap
        (time(2, 30), datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        # and comes twice on 31 October 2027: the first time counts
        (time(2, 30), datetime(2027, 10, 31, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
async def test_the_day_the_clocks_change_has_one_issue(
    tmp_path: Path, local: time, day: datetime, slot: datetime
) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(day - timedelta(hours=10))
        await here.subscribe(Schedule(times=(local,), timezone="Europe/Berlin"))
        await here.tell(1)
        begun = []
        for minutes in range(0, 24 * 60, 10):
            await here.at(day - timedelta(hours=2) + timedelta(minutes=minutes))
            begun += await here.due()
        assert [request.slot for request in begun] == [slot]


async def test_a_telegram_that_is_away_for_an_hour_gets_the_issue_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        begun = here.on.time.now
        # the waits between tries grow to a minute, half of which is left to chance, which draws nothing here
        here.on.api.fault(BadGateway(), method="sendMessage", times=126)
        assert len(await here.slot()) == 1
        assert here.on.time.now - begun >= 3_600
        assert await _states(here, made.id) == ["posted"]


async def test_a_live_channel_hears_when_there_is_something_and_not_at_night(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=20))
        await here.subscribe(Schedule(kind="live", timezone="UTC", quiet=(time(22), time(6))))
        assert await here.slot() == []
        await here.later(minutes=7)
        await here.tell(1)
        await here.later(minutes=6)
        assert len(await here.slot()) == 1
        await here.later(minutes=6)
        assert len(await here.slot()) == 1
        await here.at(DAY + timedelta(hours=23))
        await here.tell(2)
        await here.later(minutes=6)
        assert len(await here.slot()) == 1
        await here.at(DAY + timedelta(days=1, hours=6, minutes=1))
        assert len(await here.slot()) == 2


async def test_what_a_source_changes_is_changed_in_its_message(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        assert len(await here.slot()) == 1
        await here.later(minutes=20)
        await here.tell(1, title="Kabul talks end without a signature")
        begun: list[IssueRequest] = []
        editor = here.editor()

        async def enqueue(request: IssueRequest) -> None:
            begun.append(request)

        assert await editor.changed(enqueue) == 1
        await here.run(begun[0], editor)
        (said,) = here.said()
        assert "Kabul talks end without a signature" in said
        assert "day 1" not in said
        # it is mended once
        assert await here.editor().changed(enqueue) == 0


async def test_a_story_waits_until_enough_outlets_tell_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING, least_sources=2)
        story = await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        assert await here.slot() == []
        await here.later(hours=1)
        await here.tell(2, feed=1, story=story)
        await here.at(DAY + timedelta(hours=18))
        assert len(await here.slot()) == 1


async def test_where_the_article_cannot_be_read_the_feed_s_own_words_stand(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING)
        await here.tell(1, page=False)
        await here.at(DAY + timedelta(hours=8))
        (said,) = await here.slot()
        assert "Kabul talks, day 1" in said
        assert "Envoys met for the 1th time." in said


async def test_nothing_new_is_said_where_it_was_asked_for(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING, say_when_empty=True, languages=(Language.DARI, Language.ENGLISH))
        await here.at(DAY + timedelta(hours=8))
        assert await here.slot() == ["از شمارهٔ پیشین تا اکنون خبر تازه‌ای نیست.", "Nothing new since the last digest."]
        assert await _states(here, made.id) == ["posted"]


async def test_each_language_of_a_channel_has_its_message_and_says_what_it_lacks(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        await here.subscribe(MORNING, languages=(Language.PASHTO, Language.RUSSIAN), heading="Kabul")
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        pashto, russian = await here.slot()
        assert "Kabul talks, day 1" in pashto
        assert "د ژباړې هېڅ ماډل نه دی نصب شوی" in pashto
        assert "Замир Кабулов" in russian
        assert "Модель перевода не установлена" in russian


async def test_a_channel_that_threw_the_bot_out_is_left_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        here.on.api.fault(Status(403, "Forbidden: bot was kicked from the channel chat"), method="sendMessage")
        assert await here.slot() == []
        async with here.on.database.connect() as connection:
            kept = await subscriptions.get(connection, made.id)
        assert kept is not None
        assert (kept.enabled, kept.reason) == (False, "kicked")
        assert await _states(here, made.id) == ["failed"]
        await here.at(DAY + timedelta(hours=18))
        assert await here.due() == []


async def test_a_job_that_fails_for_good_leaves_its_stories_to_the_next_issue(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        await here.tell(1)
        await here.at(DAY + timedelta(hours=8))
        (request,) = await here.due()
        editor = here.editor()
        assert await editor.collect(request)
        await editor.abandon(request, ValueError("x"))
        assert await here.on.incidents() == ["issue"]
        await here.at(DAY + timedelta(hours=18))
        assert len(await here.slot()) == 1
        assert await _states(here, made.id) == ["posted", "failed"]


async def test_a_preview_shows_what_would_be_posted_and_posts_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as here:
        await here.at(DAY + timedelta(hours=7))
        made = await here.subscribe(MORNING)
        assert await here.editor().preview(made.id) is None
        await here.tell(1)
        await here.later(minutes=1)
        for _ in range(2):
            documents = await here.editor().preview(made.id)
            assert documents is not None
            assert "Kabul talks, day 1" in str(documents)
        assert here.said() == []
        await here.at(DAY + timedelta(hours=8))
        assert len(await here.slot()) == 1
