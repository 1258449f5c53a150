"""Messages, edits, drafts and files through python-telegram-bot's Bot, with the refusals that Telegram gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity, ReplyParameters
from telegram.error import BadRequest, Forbidden

from tests.telegram.fake import FakeTelegram, FloodLimits
from tests.telegram.fake.ptb import ask, ptb_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Bot

    from tests.telegram.fake import Chat, User


class Talk:
    """A user's private chat with the bot."""

    def __init__(self, api: FakeTelegram, bot: Bot) -> None:
        self.api, self.bot = api, bot
        self.user: User = api.user("Ali", language="fa")
        self.chat: Chat = api.private(self.user)
        self.first = api.say(self.user, self.chat, "/start")


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    async with FakeTelegram(limits=FloodLimits.unlimited()) as api, ptb_bot(api) as bot:
        yield Talk(api, bot)


def keyboard(data: str = "x", **more: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Dari", callback_data=data, **more)]])


async def test_a_message_is_sent_edited_and_deleted(talk: Talk) -> None:
    sent = await talk.bot.send_message(
        talk.user.id,
        "😀 one",
        entities=[MessageEntity("bold", 3, 3)],
        reply_parameters=ReplyParameters(talk.first.id),
        reply_markup=keyboard(),
    )
    assert sent.parse_entities() == {MessageEntity("bold", 3, 3): "one"}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == talk.first.id
    edited = await talk.bot.edit_message_text("two", talk.user.id, sent.message_id)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert edited.reply_markup is None, "an edit without a keyboard takes it away"
    kept = talk.api.messages(talk.chat)[0]
    assert (kept.text, kept.history) == ("two", ["😀 one"])
    await talk.bot.edit_message_reply_markup(talk.user.id, sent.message_id, reply_markup=keyboard("y"))
    assert kept.button("Dari").data == "y"
    await talk.bot.delete_message(talk.user.id, sent.message_id)
    assert talk.api.messages(talk.chat) == []
    assert talk.api.transcript(talk.chat).splitlines() == [
        "[1] Ali says: /start",
        "[2] Khabar says: 😀 one",
        "[2] Khabar edits: two",
        "[2] Khabar changes the buttons of: two",
        "[2] Khabar deletes",
    ]
    assert not talk.api.violations


async def test_what_befalls_a_correct_bot_is_refused_but_no_violation(talk: Talk) -> None:
    bot, me = talk.bot, talk.user.id
    sent = await bot.send_message(me, "one", reply_markup=keyboard())
    refusals: list[tuple[Callable[[], Awaitable[object]], str]] = [
        (lambda: bot.edit_message_text("one", me, sent.message_id, reply_markup=keyboard()), "Message is not modified"),
        (lambda: bot.edit_message_text("two", me, 999), "Message to edit not found"),
        (lambda: bot.edit_message_text("two", me, talk.first.id), "Message can't be edited"),
        (lambda: bot.delete_message(me, 999), "Message to delete not found"),
        (lambda: bot.send_message(me, "x", reply_to_message_id=999), "Message to be replied not found"),
        (lambda: bot.send_message(me, "x", message_thread_id=5), "Message thread not found"),
        (lambda: bot.send_message(12345, "x"), "Chat not found"),
        (
            lambda: bot.answer_callback_query("1"),
            "Query is too old and response timeout expired or query id is invalid",
        ),
    ]
    for call, why in refusals:
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await call()
    talk.api.age(talk.api.messages(talk.chat)[0], hours=49)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(me, sent.message_id)
    await bot.send_message(me, "x", reply_to_message_id=999, allow_sending_without_reply=True)
    assert not talk.api.violations


async def test_people_who_are_gone(talk: Talk) -> None:
    stranger = talk.api.user()
    talk.api.private(stranger)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await talk.bot.send_message(stranger.id, "x")
    talk.api.block(talk.user)
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await talk.bot.send_message(talk.user.id, "x")
    talk.api.unblock(talk.user)
    await talk.bot.send_message(talk.user.id, "x")
    talk.api.delete_account(talk.user)
    with pytest.raises(Forbidden, match="Forbidden: user is deactivated"):
        await talk.bot.send_message(talk.user.id, "x")


LONG = "ж" * 4097


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", {"text": LONG}, "message is too long"),
        ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"text": " \n"}, "message text is empty"),
        ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ("sendMessage", {"text": "*x*", "parse_mode": "MarkdownV2"}, "HTML only"),
        ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ends after the end"),
        ("sendMessage", {"text": "x", "color": "red"}, "unknown parameter 'color'"),
        ("sendMessage", {}, "parameter 'text' is required"),
        ("editMessageText", {"message_id": 1}, "message text is empty"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("sendRichMessage", {"rich_message": {"html": "<div>x</div>"}}, 'Unsupported start tag "div"'),
        ("sendRichMessage", {"rich_message": {"html": "x" * 32_769}}, "message is too long"),
        ("sendRichMessage", {"rich_message": {"html": "x", "is_rtl": "yes"}}, "is_rtl: bool expected"),
        ("sendMessageDraft", {"draft_id": 0, "text": "x"}, "draft_id"),
        ("sendMessageDraft", {"draft_id": 1, "text": LONG}, "message is too long"),
        ("sendRichMessageDraft", {"draft_id": 1, "rich_message": {"html": "<b>x"}}, "can't parse entities"),
        ("sendChatAction", {"action": "thinking"}, "wrong parameter action in request"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "text buttons are unallowed"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "ж" * 33}]]}},
         "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}},
         "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "a"}]]}},
         "must be non-empty"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "javascript:x"}]]}},
         "Wrong HTTP URL"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [
            [{"text": "a", "callback_data": "b", "url": "https://a.org"}]]}}, "only one of"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}},
         "REPLY_MARKUP_TOO_LONG"),
    ],
)  # fmt: skip
async def test_each_wrong_request_is_refused_and_kept(
    talk: Talk, method: str, params: dict[str, Any], why: str
) -> None:
    refused = await ask(talk.api, method, chat_id=talk.user.id, **params)
    assert (refused["ok"], refused["error_code"]) == (False, 400)
    assert why in refused["description"]
    assert len(talk.api.violations) == 1
    assert why in talk.api.violations[0]
    assert talk.api.violations[0].startswith(f"{method}: Bad Request: ")
    assert not talk.api.messages(talk.chat)


async def test_the_limits_themselves_are_allowed(talk: Talk) -> None:
    await talk.bot.send_message(talk.user.id, "😀" * 2048)
    await talk.bot.send_message(talk.user.id, "ж" * 4096, reply_markup=keyboard("ж" * 32))
    await talk.bot.send_message(talk.user.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await talk.bot.do_api_request(
        "sendRichMessage", api_kwargs={"chat_id": talk.user.id, "rich_message": {"html": f"<p>{'x' * 32_768}</p>"}}
    )
    assert not talk.api.violations


async def test_drafts_are_shown_until_the_message_comes(talk: Talk) -> None:
    await talk.bot.send_message_draft(talk.user.id, 7, "Reading")
    await talk.bot.do_api_request(
        "sendRichMessageDraft",
        api_kwargs={
            "chat_id": talk.user.id,
            "draft_id": 7,
            "rich_message": {"html": "<tg-thinking>Translating</tg-thinking>"},
        },
    )
    assert (await talk.api.expect_draft(talk.chat)).text == "Translating"
    await talk.bot.send_message(talk.user.id, "Done")
    assert talk.chat.drafts == {}
    group = talk.api.group("Family", talk.user)
    with pytest.raises(BadRequest, match=r"(?i)textdraft_peer_invalid"):
        await talk.bot.send_message_draft(group.id, 7, "x")


async def test_rich_messages_can_be_edited(talk: Talk) -> None:
    html = {"html": "<h1>One</h1>", "is_rtl": True}
    sent = await ask(talk.api, "sendRichMessage", chat_id=talk.user.id, rich_message=html)
    await ask(
        talk.api,
        "editMessageText",
        chat_id=talk.user.id,
        message_id=sent["result"]["message_id"],
        rich_message={"html": "<h1>Two</h1>"},
    )
    assert talk.api.messages(talk.chat)[0].content == {
        "rich_message": {"blocks": [{"type": "heading", "text": "Two", "size": 1}]}
    }


async def test_files_go_both_ways(talk: Talk) -> None:
    sent = talk.api.send_document(
        talk.user, talk.chat, b"%PDF-1.7\r\n\x00\xff--x", "خبر.pdf", "application/pdf", caption="see"
    )
    file = await talk.bot.get_file(sent.content["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7\r\n\x00\xff--x"
    back = await talk.bot.send_document(
        talk.user.id, b"a\r\n--b\x00", filename="list.csv", caption="<b>c</b>", parse_mode="HTML"
    )
    assert back.document is not None
    assert (back.document.file_name, back.caption) == ("list.csv", "c")
    again = await talk.bot.get_file(back.document.file_id)
    assert bytes(await again.download_as_bytearray()) == b"a\r\n--b\x00"
    big = talk.api.send_document(talk.user, talk.chat, bytes(20 * 1024 * 1024 + 1), "big.txt", "text/plain")
    with pytest.raises(BadRequest, match="File is too big"):
        await talk.bot.get_file(big.content["document"]["file_id"])
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await talk.bot.send_document(talk.user.id, b"x", caption="x" * 1025)


async def test_commands_and_texts_by_language(talk: Talk) -> None:
    await talk.bot.set_my_commands([BotCommand("help", "کمک")], language_code="fa")
    assert [command.description for command in await talk.bot.get_my_commands(language_code="fa")] == ["کمک"]
    assert await talk.bot.get_my_commands() == ()
    await talk.bot.delete_my_commands(language_code="fa")
    assert await talk.bot.get_my_commands(language_code="fa") == ()
    await talk.bot.set_my_short_description("News", language_code="ps")
    assert (await talk.bot.get_my_short_description("ps")).short_description == "News"
    assert not talk.api.violations
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await talk.bot.set_my_description("x", language_code="prs")
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await talk.bot.set_my_commands([("Help", "x")])
    with pytest.raises(BadRequest, match=r"(?i)bot_short_description_too_long"):
        await talk.bot.set_my_short_description("x" * 121)
