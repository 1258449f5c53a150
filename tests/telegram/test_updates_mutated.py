"""Updates as the fake Bot API really makes them, with values changed for odd ones or left out: no handler fails."""

from __future__ import annotations

import copy
import logging
import random
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.handlers.basics import FORGET
from bot.render.callbacks import Action, encode
from bot.storage import incidents
from tests.telegram import random_updates as made
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.stage import SLOW, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.fake import FakeTelegram

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

EACH: Final = 12
ODD: Final[dict[type, tuple[Any, ...]]] = {
    str: ("", "x", "/start", "https://nowhere.invalid/a", "https://[", "😀" * 40, "\u202e"),
    int: (0, 1, 2**31, 2**40),
    bool: (True, False),
    list: ([],),
}
"""Other values of the same type: Telegram keeps to its types."""
OPTIONAL: Final = frozenset(
    {
        "text",
        "caption",
        "entities",
        "caption_entities",
        "reply_to_message",
        "message",
        "language_code",
        "photo",
        "document",
    }
)
DATA: Final = (
    *(encode(action, 1, "ru") for action in Action), encode(Action.LENGTH, 2**63 - 1, "3"), FORGET,
    "s:language:ru", "s:languages:ps", "s:length:x", "s:done:-", "s:auto:on", "s:presses:admins",
    "h:list:0:", "h:chat:-1:", "h:home:1:x",
)  # fmt: skip
"""What the bot's own buttons send, for digests and subscriptions that are not there."""
KEPT: Final = frozenset({"id", "chat", "from", "type", "status"})
"""Who and where: an answer must have somewhere to go."""


def _real(api: FakeTelegram) -> list[dict[str, Any]]:
    """One update of each kind that people cause; taken from the queue before a bot listens."""
    user = api.user("A", language="en")
    chat, group = api.private(user), api.supergroup("G", user, forum=True)
    said = api.say(user, chat, "https://nowhere.invalid/a and more")
    api.say(user, chat, "/digest", reply_to=said)
    api.say(user, group, "/digest@khabar_test_bot https://nowhere.invalid/b")
    api.say(user, group, "@khabar_test_bot hello")
    api.forward(user, chat, "Something that was said")
    api.send_photo(user, chat, "A caption")
    api.send_document(user, chat, b"text", "a.txt", "text/plain")
    api.inline(user, "https://nowhere.invalid/a")
    api.kick(group)
    taken, api.bot.updates.pending = list(api.bot.updates.pending.values()), {}
    who = user.to_json()
    pressed = [
        {"callback_query": {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": said.to_json()}}
        for data in DATA
    ]
    return taken + pressed


def _changed(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """``update`` with one to three of its values, however deep, odd or gone."""
    changed = copy.deepcopy(update)
    for _ in range(chance.randint(1, 3)):
        at: Any = changed
        while True:
            keys = [key for key in at if key not in KEPT] if isinstance(at, dict) else list(range(len(at)))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(at[key], dict | list) and at[key] and chance.random() < 0.8:
                at = at[key]
            elif key in OPTIONAL and chance.random() < 0.5:
                del at[key]
                break
            else:
                at[key] = copy.deepcopy(chance.choice(ODD.get(type(at[key]), (at[key],))))
                break
    return changed


async def test_real_updates_with_odd_values_crash_no_handler(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with stage(tmp_path, started=False, BOT_QUOTA_PERSON="0", BOT_QUOTA_CHAT="0") as on:
        real, chance = _real(on.api), random.Random(1)  # noqa: S311 - no secret
        assert {next(key for key in one if key != "update_id") for one in real} >= {
            "message", "callback_query", "inline_query", "my_chat_member",
        }  # fmt: skip
        await on.start()
        for one in real * EACH:
            (kind,) = [key for key in one if key != "update_id"]
            value = one[kind] | ({"id": f"m{chance.getrandbits(50)}"} if "query" in kind else {})
            on.api.bot.updates.push(kind, _changed({kind: value}, chance).get(kind) or made.UNKNOWN["poll_answer"])
        await on.api.acknowledged(timeout=SLOW)
        user = on.api.user("B", language="en")
        heard = on.api.say(user, on.api.private(user), "/help")
        await on.api.expect(on.api.private(user), after=heard, timeout=SLOW)  # it still lives
        await on.stop()
        database = on.database()
        async with database.connect() as connection:
            noted = [one for one in await incidents.recent(connection, limit=50) if one.code == "handler"]
        await database.dispose()
    assert not noted, [one.getMessage() for one in caplog.records if "a handler failed" in one.getMessage()][:2]
