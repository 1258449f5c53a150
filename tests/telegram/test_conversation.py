"""Whole conversations over real HTTP, in each language of the interface, through restarts: what a user sees is asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipelines.languages import Language
from pipelines.store.network import Network
from pipelines.store.store import ModelStore
from tests.telegram import script_group as group, script_private as private
from tests.telegram.stage import ROOT, Talk, stage

if TYPE_CHECKING:
    from pathlib import Path

CODES: Final = {"en": Language.ENGLISH, "ru": Language.RUSSIAN, "fa": Language.DARI, "ps": Language.PASHTO}
PAIRS: Final = ("en-ru", "ru-en", "en-fa", "fa-en")


def install(models: Path) -> None:
    """The four small models, as `khabar models import` installs them."""
    store = ModelStore(models, Network(offline=True))
    for pair in PAIRS:
        store.import_model(f"firefox-{pair}", ROOT / "tests" / "models" / "firefox" / pair)


@pytest.mark.parametrize("code", CODES)
async def test_a_conversation(code: str, tmp_path: Path) -> None:
    with_models = code in {"ru", "fa"}
    if with_models:
        install(tmp_path / "models")
    async with stage(tmp_path, started=False, keeps_processes=code != "en") as made:
        api = made.api
        user, owner = api.user("Zarghuna", language=code), api.user("Owner", language=code)
        made.settings["BOT_OWNERS"] = str(owner.id)
        await made.start()
        talk = Talk(stage=made, user=user, chat=api.private(user), speech=CODES[code])
        digest = await private.begins(talk)
        await private.sends(talk)
        await private.fails(talk)
        await private.cancels(talk)
        await private.chooses(talk)
        await group.asks_inline(talk)
        await group.meets_a_group(talk, owner)
        await group.moves(talk)
        digests = 20
        if with_models:
            await private.reads_translations(talk)
            digests += 1
        await group.rules(Talk(stage=made, user=owner, chat=api.private(owner), speech=talk.speech), talk)
        await group.presses_what_is_not_there(talk, digest)
        assert await made.parts_sent(talk.chat) == made.messages_made(talk.chat)
        await private.leaves(talk, digests)
        await group.goes_and_comes_back(talk)
        assert api.unanswered() == []
        await api.acknowledged()
        assert talk.steps >= 100
