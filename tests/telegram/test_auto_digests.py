"""A channel with feeds in two languages, the whole bot running: polled, clustered, read, posted once, mended at a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

import pytest

from bot import crew
from bot.digests import schedule
from bot.digests.schedule import Schedule
from bot.storage import chats, feeds, subscriptions
from bot.storage.subscriptions import NewSubscription
from pipelines.feeds import backoff
from pipelines.languages import Language
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.stage import SLOW, article, html, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.stage import Stage

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

RUSSIAN = """ООН открыла зимние приюты в Герате

Организация Объединённых Наций открыла 340 зимних приютов близ Герата для семей, чьи дома были разрушены землетрясениями
в октябре 2023 года.
В ООН предупредили, что денег на следующий этап в Афганистане не найдено.
"""


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes are seconds."""
    monkeypatch.setattr(crew, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(crew, "REVISE_SECONDS", 0.5)
    monkeypatch.setattr(schedule, "LIVE_EVERY", timedelta(seconds=1))
    monkeypatch.setattr(backoff, "USUAL", timedelta(seconds=2))


def _rss(on: Stage, title: str, *paths: str) -> str:
    items = "".join(
        f"<item><guid>{path}</guid><title>{escape(text.partition(chr(10))[0])}</title><link>{on.site.url(path)}</link>"
        f"<description>{escape(text.partition(chr(10))[2].strip()[:600])}</description>"
        f"<pubDate>{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for path, text in ((path, TEXTS[path]) for path in paths)
    )
    head = f"<title>{escape(title)}</title><link>{on.site.url('/')}</link><description>x</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


TEXTS = {"/en_1": article("en_1"), "/en_2": article("en_2"), "/ru": RUSSIAN}


async def test_from_feeds_to_a_channel(tmp_path: Path) -> None:
    async with stage(tmp_path, started=False) as on:
        api, site = on.api, on.site
        channel = api.channel("News", bot_inside=True)
        api.promote(channel)
        site.put("/ru", html(RUSSIAN))
        first, second = (site.put(path, "") for path in ("/en.xml", "/ru.xml"))
        site.put("/en.xml", _rss(on, "Herat Times", "/en_1", "/en_2"))
        site.put("/ru.xml", _rss(on, "Гератский вестник", "/ru"))
        await on.start()
        now = datetime.now(UTC)
        database = on.database()
        async with database.transaction() as tx:
            await chats.chat(tx, channel.id, kind="channel", title="News", now=now)
            made = [await feeds.add(tx, url=url, now=now) for url in (first, second)]
            await subscriptions.save(
                tx,
                NewSubscription(
                    chat_id=channel.id,
                    enabled=True,
                    feeds=tuple(one.id for one in made),
                    languages=(Language.ENGLISH,),
                    schedule=Schedule(kind="live", timezone="UTC"),
                    least_sources=2,
                ),
                now=now,
            )
        await database.dispose()
        title = article("en_1").partition("\n")[0]
        posted = await api.expect(channel, title, timeout=SLOW)
        assert "Herat Times" in posted.text
        assert "Гератский вестник" in posted.text
        assert article("en_2").partition("\n")[0] not in posted.text  # one outlet is not enough for this channel
        # a restart says nothing again
        await on.restart()
        # the source changes its mind
        TEXTS["/en_1"] = article("en_1").replace(title, "UN opens winter shelters in Herat, money is short")
        try:
            site.put("/en_1", html(TEXTS["/en_1"]))
            site.put("/en.xml", _rss(on, "Herat Times", "/en_1", "/en_2"))
            await api.expect(channel, lambda one: one.id == posted.id and "money is short" in one.text, timeout=SLOW)
        finally:
            TEXTS["/en_1"] = article("en_1")
        assert len(api.messages(channel)) == 1
