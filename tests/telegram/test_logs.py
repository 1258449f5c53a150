"""A whole conversation, through faults: at INFO no logger of any library says who somebody is, what they wrote, or the token."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.app import quiet
from pipelines.languages import Language
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway, DropAfter, Garbled, TooMany
from tests.telegram.stage import Talk, article, stage

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
