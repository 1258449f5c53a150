"""A whole conversation, through faults: at INFO no logger of any library says who somebody is, what they wrote, or the token."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.app import quiet
from pipelines.languages import Language
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway, DropAfter, Garbled, Status, TooMany
from tests.telegram.process_stage import KHABAR, around, running
from tests.telegram.stage import SLOW, Talk, article, stage

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

NAME, USERNAME = "Zarlashta", "zarlashta_jan"
WRITTEN = "Тайное слово پټه خبره"


@pytest.fixture
def _as_the_command_does() -> Generator[None]:
    """Levels as ``khabar bot`` sets them, and as they were afterwards."""
    names = list(logging.root.manager.loggerDict)
    before = {name: logging.getLogger(name).level for name in names}
    quiet()
    yield
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).setLevel(before.get(name, logging.NOTSET))


@pytest.mark.usefixtures("_as_the_command_does")
async def test_logs_name_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with stage(tmp_path) as on:
        api, site = on.api, on.site
        user = api.user(NAME, username=USERNAME, language="en")
        chat = api.private(user)
        talk = Talk(stage=on, user=user, chat=chat, speech=Language.ENGLISH)
        await talk.says("/start", "welcome")
        name = next(iter(sorted(path.removeprefix("/") for path in site.pages)))
        talk.heard = api.say(user, chat, site.url(f"/{name}"))
        digest = await talk.digest(name)
        await talk.answered(talk.press(digest, "button-up"), "thanks-feedback")
        talk.heard = api.say(user, chat, site.url("/missing"))
        await talk.hears("no such page")
        talk.heard = api.say(user, chat, article(name))
        await talk.digest(name)
        talk.heard = api.say(user, chat, WRITTEN)
        await talk.hears()
        for fault in (TooMany(1), BadGateway(), DropAfter(), Garbled()):
            api.fault(fault, method="sendMessage")
            talk.heard = api.say(user, chat, WRITTEN)
            await talk.hears()
        query = api.inline(user, f"{site.url(f'/{name}')} {WRITTEN}")
        await api.expect_answer(query)
        token, secrets = api.token, (NAME, USERNAME, *WRITTEN.split(), site.url(""), str(user.id), str(chat.id))
    said = "\n".join(
        f"{record.name} {record.getMessage()} {record.exc_text or ''} {record.exc_info or ''}"
        for record in caplog.records
    )
    assert [record for record in caplog.records if record.name.startswith("bot.")]
    found = [word for word in (token, token.partition(":")[2], *secrets) if word.casefold() in said.casefold()]
    assert not found, [line for line in said.splitlines() if any(word.casefold() in line.casefold() for word in found)]


async def test_the_command_itself_prints_nothing_about_anybody(tmp_path: Path) -> None:
    """As it is started, at its own level, and until Telegram does not know its token any more."""
    async with around() as (api, site, *_):
        user = api.user(NAME, username=USERNAME, language="ps")
        chat = api.private(user)
        async with running(tmp_path, *KHABAR, "bot", BOT_TOKEN=api.token, BOT_API=api.address) as bot:
            await bot.says("the bot is running")
            name = min(site.pages).removeprefix("/")
            said = api.say(user, chat, site.url(f"/{name}"))  # this command opens no private network
            said = await api.expect(chat, after=said, timeout=SLOW)
            said = api.say(user, chat, article(name))
            digest = await api.expect(chat, lambda one: bool(one.buttons), after=said, timeout=SLOW)
            await api.expect_answer(api.press(digest.buttons[-1], user), timeout=SLOW)
            await api.expect_answer(api.inline(user, f"{site.url(f'/{name}')} {WRITTEN}"), timeout=SLOW)
            for fault in (TooMany(1), BadGateway()):
                api.fault(fault, method="sendMessage")
                said = api.say(user, chat, WRITTEN)
                await api.expect(chat, after=said, timeout=SLOW)
            api.fault(Status(401, "Unauthorized"), times=1000)
            api.say(user, chat, WRITTEN)
            assert await bot.ended() == 1
        printed = "".join(bot.said)
        sentence = article(name).split("\n\n")[1][:40]
        secrets = (NAME, USERNAME, *WRITTEN.split(), site.url(""), sentence, str(user.id), api.token.partition(":")[2])
    assert "token" in bot.said[-1]
    assert not [line for line in bot.said if any(word.casefold() in line.casefold() for word in secrets)], printed
