"""Buttons and inline mode."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.error import BadRequest

from tests.telegram.fake import FakeTelegram
from tests.telegram.fake.ptb import ask, ptb_bot

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Dari", callback_data="lang:prs")]])
ARTICLE: dict[str, Any] = {
    "type": "article",
    "id": "1",
    "title": "T",
    "input_message_content": {"message_text": "x"},
}


async def test_a_press_is_answered_once() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        chat = api.private(ali)
        api.say(ali, chat, "hi")
        await bot.send_message(ali.id, "digest", reply_markup=KEYBOARD)
        message = await api.expect(chat, "digest")
        query = api.press(message.button("Dari"), ali)
        update = (await bot.get_updates())[-1]
        assert update.callback_query is not None
        assert (update.callback_query.data, update.callback_query.id) == ("lang:prs", query.id)
        assert update.effective_message is not None
        assert api.unanswered() == [query]
        await update.callback_query.answer("ok")
        assert (await api.expect_answer(query))["text"] == "ok"
        assert api.unanswered() == []
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
            await update.callback_query.answer()
        late = api.press(message.button("lang"), ali)
        api.expire(late)
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(late.id)
        assert not api.violations
        with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
            await bot.answer_callback_query(late.id, "x" * 201)


async def test_a_button_of_a_message_that_is_gone_can_still_be_pressed() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        chat = api.private(ali)
        api.say(ali, chat, "hi")
        await bot.send_message(ali.id, "digest", reply_markup=KEYBOARD)
        message = await api.expect(chat, "digest")
        api.erase(message)
        api.press(message.button("Dari"), ali)
        pressed = (await bot.get_updates())[-1].callback_query
        assert pressed is not None
        assert pressed.message is not None
        assert not pressed.message.is_accessible


async def test_an_inline_result_is_chosen_and_edited() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.group("Family", ali)
        query = api.inline(ali, "https://example.org/a", chat_kind="group")
        asked = (await bot.get_updates())[-1].inline_query
        assert asked is not None
        article = InlineQueryResultArticle("1", "Title", InputTextMessageContent("preparing"), reply_markup=KEYBOARD)
        await asked.answer([article], cache_time=0)
        posted = api.choose(query, "1", group)
        chosen = (await bot.get_updates(offset=-1))[-1].chosen_inline_result
        assert chosen is not None
        assert chosen.inline_message_id == posted.inline_id
        assert await bot.edit_message_text("done", inline_message_id=posted.inline_id, reply_markup=KEYBOARD) is True
        assert posted.text == "done"
        press = api.press(posted.button("Dari"), ali)
        pressed = (await bot.get_updates(offset=-1))[-1].callback_query
        assert pressed is not None
        assert (pressed.id, pressed.inline_message_id, pressed.message) == (press.id, posted.inline_id, None)
        with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
            await bot.edit_message_text("x", inline_message_id="unknown")
        assert not api.violations


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([ARTICLE | {"id": str(number)} for number in range(51)], "RESULTS_TOO_MUCH"),
        ([ARTICLE | {"id": "x" * 65}], "RESULT_ID_INVALID"),
        ([ARTICLE | {"title": " "}], "ARTICLE_TITLE_EMPTY"),
        ([ARTICLE | {"type": "photo"}], "type 'photo'"),
        ([ARTICLE | {"input_message_content": {"message_text": ""}}], "message text is empty"),
        ([ARTICLE | {"input_message_content": {"message_text": "x" * 4097}}], "MESSAGE_TOO_LONG"),
        ([ARTICLE | {"input_message_content": {"rich_message": {"html": "<p>"}}}], "can't parse entities"),
        (
            [ARTICLE | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}}],
            "BUTTON_DATA_INVALID",
        ),
        ([{"type": "article", "id": "1", "title": "T"}], "without 'input_message_content'"),
    ],
)
async def test_wrong_inline_results_are_refused(results: list[dict[str, Any]], why: str) -> None:
    async with FakeTelegram() as api:
        query = api.inline(api.user(), "x")
        refused = await ask(api, "answerInlineQuery", inline_query_id=query.id, results=results)
        assert why in refused["description"]
        assert len(api.violations) == 1
        assert why in api.violations[0]


async def test_a_message_is_prepared_for_a_user() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        article = InlineQueryResultArticle("1", "Title", InputTextMessageContent("x"))
        prepared = await bot.save_prepared_inline_message(api.user().id, article, allow_group_chats=True)
        assert api.world.prepared[prepared.id]["title"] == "Title"
