"""The bot's own words as messages: commands stay commands, in any length and any direction of writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import SPOKEN, say
from bot.messages import words
from bot.render.split import MESSAGE
from tests.telegram.fake.text import detected, utf16_slice

if TYPE_CHECKING:
    from pipelines.languages import Language

NAMED = re.compile(r"/[a-z]+")


def commands(payload: dict[str, Any]) -> list[str]:
    """What Telegram makes a command of in one message."""
    entities = detected(payload["text"], list(payload.get("entities", ())))
    return [utf16_slice(payload["text"], entity) for entity in entities if entity["type"] == "bot_command"]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_command_of_a_text_can_be_tapped(language: Language) -> None:
    text = say(language, "help", bot="@a_bot")
    (part,) = words(text, language)
    assert commands(dict(part.payload)) == NAMED.findall(text)
    assert "/channels" in NAMED.findall(text)


@pytest.mark.parametrize("language", SPOKEN)
def test_so_it_can_in_a_text_of_several_messages(language: Language) -> None:
    text = "\n\n".join([say(language, "help", bot="@a_bot")] * 12)
    parts = words(text, language)
    assert len(parts) > 1
    assert all(len(part.payload["text"].encode("utf-16-le")) // 2 <= MESSAGE for part in parts)
    assert [one for part in parts for one in commands(dict(part.payload))] == NAMED.findall(text)


@pytest.mark.parametrize("language", [one for one in SPOKEN if one.arabic_script])
def test_right_to_left_a_command_stands_in_an_isolate(language: Language) -> None:
    (part,) = words(say(language, "help", bot="@a_bot"), language)
    assert re.findall("(?<!\u2068)/[a-z]+|/[a-z]+(?![a-z]|\u2069)", part.payload["text"]) == []
