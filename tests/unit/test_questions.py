"""An open question: kept by storage, one a person, over after an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from bot.handlers import questions
from bot.handlers.questions import OPEN_FOR, Question
from bot.storage import migrations
from bot.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.handlers.desk import Desk


@dataclass(slots=True)
class Clock:
    """What a question needs of the desk: storage, and a time that the test moves."""

    database: Database
    time: datetime = datetime(2026, 11, 25, 7, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    @property
    def desk(self) -> Desk:
        return cast("Desk", self)


@pytest.fixture
async def clock(tmp_path: Path) -> AsyncIterator[Clock]:
    async with Database(f"sqlite:///{tmp_path / 'bot.sqlite'}") as database:
        await migrations.upgrade(database)
        yield Clock(database)


async def test_a_question_is_one_persons_and_the_last_one_counts(clock: Clock) -> None:
    await questions.ask(clock.desk, 1, Question(what="times", subscription_id=7))
    carried = Question(what="opml-yes", subscription_id=7, carried={"feeds": ["https://a.example/"]})
    await questions.ask(clock.desk, 1, carried)
    assert await questions.current(clock.desk, 1) == carried
    assert await questions.current(clock.desk, 2) is None


async def test_whoever_comes_back_later_is_asked_nothing(clock: Clock) -> None:
    await questions.ask(clock.desk, 1, Question(what="head", subscription_id=7))
    clock.time += OPEN_FOR
    assert await questions.current(clock.desk, 1) is not None
    clock.time += timedelta(seconds=1)
    assert await questions.current(clock.desk, 1) is None
    assert not await questions.close(clock.desk, 1)


async def test_closing_says_whether_there_was_one(clock: Clock) -> None:
    assert not await questions.close(clock.desk, 1)
    await questions.ask(clock.desk, 1, Question(what="head"))
    assert await questions.close(clock.desk, 1)
    assert await questions.current(clock.desk, 1) is None
