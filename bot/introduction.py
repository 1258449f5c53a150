"""What Telegram's clients show of the bot before it says anything: commands and descriptions, in every language."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Final

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.i18n import SPOKEN, say
from bot.storage import notes
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram import Bot

    from bot.storage.database import Database

log = logging.getLogger(__name__)

CODES: Final = {Language.ENGLISH: "", Language.RUSSIAN: "ru", Language.DARI: "fa", Language.PASHTO: "ps"}
"""Telegram's two letters for the interface's languages; English is for all others."""
PRIVATE_COMMANDS: Final = ("start", "help", "languages", "length", "language", "channels", "stats", "cancel", "privacy")
GROUP_COMMANDS: Final = ("digest", "help", "languages", "length", "language", "settings", "channels", "stats")


async def introduce(bot: Bot, database: Database, now: Callable[[], datetime]) -> None:
    """Tell Telegram, again only when it has changed."""
    wanted = _introduction()
    mark = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    async with database.connect() as connection:
        if await notes.get(connection, "introduced") == mark:
            return
    try:
        for code, said in wanted.items():
            for names, scope in (
                (PRIVATE_COMMANDS, BotCommandScopeAllPrivateChats()),
                (GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
            ):
                commands = [BotCommand(name, said[f"cmd-{name}"]) for name in names]
                await bot.set_my_commands(commands, scope=scope, language_code=code)
            await bot.set_my_description(said["bot-description"], language_code=code)
            await bot.set_my_short_description(said["bot-short-description"], language_code=code)
    except TelegramError as error:
        log.warning("commands were not registered (%s); the next start tries again", type(error).__name__)
        return
    async with database.transaction() as tx:
        await notes.put(tx, "introduced", mark, now=now())


def _introduction() -> dict[str, dict[str, str]]:
    keys = {f"cmd-{name}" for name in (*PRIVATE_COMMANDS, *GROUP_COMMANDS)} | {
        "bot-description",
        "bot-short-description",
    }
    return {CODES[language]: {key: say(language, key) for key in sorted(keys)} for language in SPOKEN}
