"""Parameters are checked against our table, and the table against the machine-readable Bot API."""

from __future__ import annotations

import json

import pytest

from tests.telegram.fake import FakeTelegram
from tests.telegram.fake.calls import HANDLERS
from tests.telegram.fake.errors import Violation
from tests.telegram.fake.methods import OURS
from tests.telegram.fake.schema import Schema
from tests.telegram.fake.server import BOT_API

ENTITY = {"type": "bold", "offset": 0, "length": 1}


@pytest.fixture(scope="module")
def bot_api() -> Schema:
    if not BOT_API.exists():
        pytest.skip("no evaluation data: the machine-readable Bot API is not beside the project")
    return Schema.from_json(BOT_API)


def test_our_table_does_not_contradict_the_bot_api(bot_api: Schema) -> None:
    for mine, theirs in ((OURS.methods, bot_api.methods), (OURS.types, bot_api.types)):
        for owner, fields in mine.items():
            for name, field in fields.items():
                there = theirs[owner][name]
                assert field.required == there.required, f"{owner}.{name}"
                assert set(field.types) <= set(there.types), f"{owner}.{name}"
            required = {name for name, field in theirs[owner].items() if field.required}
            assert required <= set(fields), owner
    for union, subtypes in OURS.unions.items():
        assert set(subtypes) <= set(bot_api.unions[union])


async def test_every_method_of_the_table_is_carried_out() -> None:
    async with FakeTelegram():
        assert set(OURS.methods) == set(HANDLERS)


def test_a_form_s_text_becomes_what_the_method_declares() -> None:
    raw = {"chat_id": "-1003000000001", "text": "12", "protect_content": "true", "entities": json.dumps([ENTITY])}
    assert OURS.decode("sendMessage", raw) == {
        "chat_id": -1003000000001,
        "text": "12",
        "protect_content": True,
        "entities": [ENTITY],
    }
    assert OURS.decode("sendMessage", {"chat_id": "@news", "text": "x"})["chat_id"] == "@news"


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": "x"}, "parameter 'chat_id' is required"),
        ({"chat_id": 1}, "parameter 'text' is required"),
        ({"chat_id": 1, "text": "x", "silent": True}, "unknown parameter 'silent'"),
        ({"chat_id": 1.5, "text": "x"}, "chat_id: "),
        ({"chat_id": 1, "text": 5}, "text: str expected, not int"),
        ({"chat_id": 1, "text": "x", "protect_content": "maybe"}, "protect_content: bool expected"),
        ({"chat_id": 1, "text": "x", "entities": "[{"}, "can't parse entities"),
        ({"chat_id": 1, "text": "x", "entities": {}}, "entities: array expected"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold"}]}, "without 'offset'"),
        (
            {"chat_id": 1, "text": "x", "entities": [ENTITY | {"offset": True}]},
            "entities[0].offset: int expected, not bool",
        ),
        ({"chat_id": 1, "text": "x", "entities": [ENTITY | {"colour": "red"}]}, "no field 'colour'"),
        ({"chat_id": 1, "text": "x", "reply_parameters": {}}, "without 'message_id'"),
        ({"chat_id": 1, "text": "x", "link_preview_options": {"is_disabled": 1}}, "is_disabled: bool expected"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": 1}]]}},
            "reply_markup.inline_keyboard[0][0].callback_data: str expected",
        ),
        (
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            "reply_markup.inline_keyboard[0]: array expected",
        ),
    ],
)
def test_wrong_parameters_are_named(params: dict[str, object], why: str, request: pytest.FixtureRequest) -> None:
    known = [OURS, *([request.getfixturevalue("bot_api")] if BOT_API.exists() else [])]
    for schema in known:
        with pytest.raises(Violation) as refused:
            schema.decode("sendMessage", params)
        assert why in refused.value.description
