"""What Telegram says, as python-telegram-bot passes it on over real HTTP → what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.delivery import Kind, classify
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway, DropAfter, DropBefore, FakeTelegram, Fault, Garbled, Slow, Status, TooMany
from tests.telegram.fake.ptb import ptb_bot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.delivery import Outcome

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


async def _outcome(api: FakeTelegram, bot: Bot, method: str = "SendMessage") -> Outcome:
    user = api.user()
    api.say(user, api.private(user), "x")
    said: Mapping[str, object] = {"chat_id": user.id, "text": "x"}
    with pytest.raises(TelegramError) as raised:
        await bot.do_api_request(method, api_kwargs=cast("dict[str, object]", said))
    return classify(raised.value)


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (TooMany(12), Kind.WAIT, "flood wait"),
        (Status(429, "Too Many Requests: retry after 3"), Kind.WAIT, "flood wait"),
        (BadGateway(), Kind.SERVER, "server error"),
        (Status(500, "Internal Server Error: restart"), Kind.SERVER, "server error"),
        (Status(504, "Gateway Timeout"), Kind.UNKNOWN, "gateway timeout"),
        (Status(413, "Request Entity Too Large"), Kind.TEXT, "too long"),
        (DropBefore(), Kind.UNKNOWN, "connection lost"),
        (DropAfter(), Kind.UNKNOWN, "connection lost"),
        (Garbled(), Kind.UNKNOWN, "garbled answer"),
        (Status(401, "Unauthorized"), Kind.TOKEN, Kind.TOKEN),
        (Status(404, "Not Found"), Kind.NO_METHOD, Kind.NO_METHOD),
        (Status(403, "Forbidden: bot was blocked by the user"), Kind.GONE, "blocked"),
        (Status(403, "Forbidden: bot can't initiate conversation with a user"), Kind.GONE, "blocked"),
        (Status(403, "Forbidden: bot was kicked from the supergroup chat"), Kind.GONE, "kicked"),
        (Status(403, "Forbidden: bot is not a member of the channel chat"), Kind.GONE, "kicked"),
        (Status(403, "Forbidden: user is deactivated"), Kind.GONE, "deleted"),
        (Status(403, "Forbidden: the group chat was deleted"), Kind.GONE, "deleted"),
        (Status(403, "Forbidden: bots can't send messages to bots"), Kind.REFUSED, "forbidden"),
        (Status(400, "Bad Request: chat not found"), Kind.GONE, "deleted"),
        (Status(400, "Bad Request: message thread not found"), Kind.NO_TOPIC, "topic gone"),
        (Status(400, "Bad Request: TOPIC_DELETED"), Kind.NO_TOPIC, "topic gone"),
        (Status(400, "Bad Request: TOPIC_CLOSED"), Kind.REFUSED, "topic closed"),
        (
            Status(400, "Bad Request: not enough rights to send text messages to the chat"),
            Kind.REFUSED,
            "no right to write",
        ),
        (Status(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), Kind.REFUSED, "no right to write"),
        (Status(400, "Bad Request: can't parse entities: Unexpected end tag"), Kind.TEXT, "markup"),
        (Status(400, "Bad Request: ENTITY_BOUNDS_INVALID"), Kind.TEXT, "markup"),
        (Status(400, "Bad Request: message is too long"), Kind.TEXT, "too long"),
        (Status(400, "Bad Request: MESSAGE_TOO_LONG"), Kind.TEXT, "too long"),
        (Status(400, "Bad Request: BUTTON_DATA_INVALID"), Kind.BUTTONS, "buttons"),
        (Status(400, "Bad Request: can't parse inline keyboard button: x"), Kind.BUTTONS, "buttons"),
        (Status(400, "Bad Request: REPLY_MARKUP_TOO_LONG"), Kind.BUTTONS, "buttons"),
        (Status(400, "Bad Request: message is not modified: specified new …"), Kind.SAME, "not modified"),
        (Status(400, "Bad Request: message to edit not found"), Kind.NOT_EDITABLE, "message gone"),
        (Status(400, "Bad Request: message can't be edited"), Kind.NOT_EDITABLE, "message too old"),
        (Status(400, "Bad Request: query is too old and response timeout expired"), Kind.QUERY_OLD, "query too old"),
        (Status(400, "Bad Request: message to be replied not found"), Kind.NO_REPLY, "no message to reply to"),
        (Status(400, "Bad Request: WHATEVER_COMES_NEXT"), Kind.REFUSED, "bad request"),
    ],
)
async def test_each_error_has_its_meaning(fault: Fault, kind: Kind, reason: str) -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        api.fault(fault, method="sendMessage")
        outcome = await _outcome(api, bot)
        assert (outcome.kind, outcome.reason) == (kind, reason)


async def test_the_seconds_of_a_wait_are_read() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        api.fault(TooMany(12), method="sendMessage")
        assert (await _outcome(api, bot)).seconds == 12


async def test_a_refused_connection_was_surely_not_used_and_a_late_answer_may_be_one() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        api.fault(Slow(1.0), method="sendMessage")
        user = api.user()
        api.say(user, api.private(user), "x")
        with pytest.raises(TelegramError) as raised:
            await bot.do_api_request("SendMessage", api_kwargs={"chat_id": user.id, "text": "x"}, read_timeout=0.05)
        assert classify(raised.value).kind is Kind.UNKNOWN
        await api._http.stop()
        assert (await _outcome(api, bot)).kind is Kind.NOT_SENT


async def test_a_file_is_uploaded() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        user = api.user()
        api.say(user, api.private(user), "x")
        sent = await bot.send_document(user.id, b"whole text", filename="a.txt")
        assert sent.document is not None
        file = await sent.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"whole text"


async def test_a_bot_that_is_not_initialized_tells_token_and_method_apart_too() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        unknown = await _outcome(api, bot, "SendNothing")
        assert unknown.kind is Kind.NO_METHOD
        raw = Bot(f"8000000009:{'x' * 35}", base_url=api.base_url)
        assert (await _outcome(api, raw)).kind is Kind.TOKEN
        await raw._request[1].shutdown()


async def test_details_hold_neither_quotations_nor_ids() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        api.fault(Status(400, 'Bad Request: user 7000000123 said "слова" here'), method="sendMessage")
        detail = (await _outcome(api, bot)).detail
        assert "7000000123" not in detail
        assert "слова" not in detail
        assert detail.startswith("User … said")
