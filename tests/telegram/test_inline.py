"""Digests that are sent into other chats by an inline query: without buttons, and never read as an article of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.basics import FORGET
from bot.render.callbacks import Action, encode
from pipelines.languages import Language
from tests.telegram.stage import SLOW, Talk, article, stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.telegram.fake.world import Asked

DATA = (encode(Action.LANGUAGE, 1, "ru"), encode(Action.GOOD, 1), FORGET, "s:language:ru", "h:list:0:", "of long ago")
"""A button of every kind that the bot has had."""


def _to(query_id: str) -> Callable[[Asked], bool]:
    return lambda call: call.params["callback_query_id"] == query_id


async def test_a_digest_sent_inline_has_no_buttons_and_is_no_article(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        api, site = on.api, on.site
        user = api.user(language="en")
        talk = Talk(stage=on, user=user, chat=api.private(user), speech=Language.ENGLISH)
        name = min(site.pages).removeprefix("/")
        api.say(user, talk.chat, site.url(f"/{name}"))
        await talk.digest(name)
        query = api.inline(user, site.url(f"/{name}"))
        (result,) = (await api.expect_answer(query, timeout=SLOW))["results"]
        assert "reply_markup" not in result
        assert article(name).partition("\n")[0] in result["input_message_content"]["message_text"]
        # in the chat with the bot it comes back as a message of the user's
        posted = api.choose(query, result["id"], talk.chat)
        api.bot.updates.push("message", posted.to_json())
        await talk.says("/cancel", "nothing-to-cancel")
        assert [one.text for one in api.messages(talk.chat)][1:] == [talk.words("nothing-to-cancel")]


async def test_a_press_under_a_message_that_the_bot_cannot_see_is_answered_and_does_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        api = on.api
        user = api.user(language="en")
        await Talk(stage=on, user=user, chat=api.private(user), speech=Language.ENGLISH).says("/start", "welcome")
        said = len(api.messages(api.private(user)))
        for number, data in enumerate(DATA):
            press = {"id": f"77{number}", "from": user.to_json(), "chat_instance": "1", "data": data}
            api.bot.updates.push("callback_query", press | {"inline_message_id": "abc"})
            await api.expect_request("answerCallbackQuery", _to(f"77{number}"), timeout=SLOW)
        await api.acknowledged()
        assert len(api.messages(api.private(user))) == said
