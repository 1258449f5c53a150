"""What an error of python-telegram-bot means for the call that met it, in one place: exception → ``Outcome``.

The Bot API has no error codes below the HTTP status, so texts are compared. They are Telegram's and its Bot API server's
(https://github.com/tdlib/telegram-bot-api); python-telegram-bot changes their case, so the comparison ignores it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from aiohttp import ClientError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.transport import NotSentError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(StrEnum):
    """What to do about it."""

    WAIT = "flood wait"
    NOT_SENT = "no connection"
    SERVER = "server error"
    UNKNOWN = "unknown whether it arrived"
    MOVED = "group became a supergroup"
    GONE = "chat gone"
    NO_TOPIC = "no such topic"
    NO_REPLY = "no message to reply to"
    TEXT = "text refused"
    BUTTONS = "buttons refused"
    SAME = "not modified"
    NOT_EDITABLE = "cannot be edited"
    QUERY_OLD = "query too old"
    NO_METHOD = "unknown method"
    TOKEN = "token rejected"  # noqa: S105 - no password
    REFUSED = "refused"

    @property
    def passing(self) -> bool:
        """True where the same call may succeed later."""
        return self in {Kind.WAIT, Kind.NOT_SENT, Kind.SERVER, Kind.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``seconds`` for WAIT (None: not said), ``chat_id`` for MOVED. Nothing here was written by a user."""

    kind: Kind
    reason: str
    detail: str = ""
    """Telegram's own words, without what it quotes and without ids."""
    seconds: float | None = None
    chat_id: int | None = None


_FORBIDDEN: Final = (
    ("blocked by the user", Kind.GONE, "blocked"),
    # the user has to speak first, as after blocking
    ("can't initiate conversation", Kind.GONE, "blocked"),
    ("was kicked", Kind.GONE, "kicked"),
    ("is not a member", Kind.GONE, "kicked"),
    ("user is deactivated", Kind.GONE, "deleted"),
    ("group chat was deleted", Kind.GONE, "deleted"),
    ("chat was deactivated", Kind.GONE, "deleted"),
)
_BAD_REQUEST: Final = (
    ("message is not modified", Kind.SAME, "not modified"),
    ("query is too old", Kind.QUERY_OLD, "query too old"),
    ("query_id_invalid", Kind.QUERY_OLD, "query too old"),
    ("message to edit not found", Kind.NOT_EDITABLE, "message gone"),
    ("message can't be edited", Kind.NOT_EDITABLE, "message too old"),
    ("message_edit_time_expired", Kind.NOT_EDITABLE, "message too old"),
    ("message_id_invalid", Kind.NOT_EDITABLE, "message gone"),
    ("no text in the message to edit", Kind.NOT_EDITABLE, "message without text"),
    ("chat not found", Kind.GONE, "deleted"),
    ("peer_id_invalid", Kind.GONE, "deleted"),
    ("input_user_deactivated", Kind.GONE, "deleted"),
    ("user_is_blocked", Kind.GONE, "blocked"),
    ("group chat was deactivated", Kind.GONE, "deleted"),
    ("message thread not found", Kind.NO_TOPIC, "topic gone"),
    ("topic_deleted", Kind.NO_TOPIC, "topic gone"),
    ("topic_id_invalid", Kind.NO_TOPIC, "topic gone"),
    ("topic_closed", Kind.REFUSED, "topic closed"),
    ("message to be replied not found", Kind.NO_REPLY, "no message to reply to"),
    ("message to reply not found", Kind.NO_REPLY, "no message to reply to"),
    ("replied message not found", Kind.NO_REPLY, "no message to reply to"),
    ("not enough rights", Kind.REFUSED, "no right to write"),
    ("have no rights", Kind.REFUSED, "no right to write"),
    ("need administrator rights", Kind.REFUSED, "no right to write"),
    ("chat_write_forbidden", Kind.REFUSED, "no right to write"),
    ("chat_admin_required", Kind.REFUSED, "no right to write"),
    ("chat_send_plain_forbidden", Kind.REFUSED, "no right to write"),
    ("chat_restricted", Kind.REFUSED, "no right to write"),
    ("can't parse inline keyboard", Kind.BUTTONS, "buttons"),
    ("can't parse reply keyboard", Kind.BUTTONS, "buttons"),
    ("button_", Kind.BUTTONS, "buttons"),
    ("reply_markup_", Kind.BUTTONS, "buttons"),
    ("inline keyboard", Kind.BUTTONS, "buttons"),
    ("can't parse", Kind.TEXT, "markup"),
    ("entit", Kind.TEXT, "markup"),
    ("rich_message", Kind.TEXT, "markup"),
    ("message is too long", Kind.TEXT, "too long"),
    ("message_too_long", Kind.TEXT, "too long"),
    ("message text is empty", Kind.TEXT, "empty"),
)
_QUOTED: Final = re.compile(r"""\sb?["'].*""", re.DOTALL)
_LONG_NUMBER: Final = re.compile(r"-?\d{6,}")
_DETAIL: Final = 200
_STATED_WAIT: Final = re.compile(r"retry after (\d+)")


def classify(error: TelegramError) -> Outcome:
    """What ``error`` means for its call."""
    return replace(_outcome(error), detail=_LONG_NUMBER.sub("…", _QUOTED.sub(" …", error.message))[:_DETAIL])


def _outcome(error: TelegramError) -> Outcome:
    said = error.message.casefold()
    match error:
        case RetryAfter():
            return Outcome(kind=Kind.WAIT, reason="flood wait", seconds=_seconds(error.retry_after))
        case ChatMigrated():
            return Outcome(kind=Kind.MOVED, reason=Kind.MOVED, chat_id=error.new_chat_id)
        case EndPointNotFound() | InvalidToken():
            # do_api_request calls 401 and 404 alike; what Telegram said stands in the first error of the chain
            kind = Kind.TOKEN if "unauthorized" in _first(error).message.casefold() else Kind.NO_METHOD
            return Outcome(kind=kind, reason=kind)
        case Forbidden():
            return _known(said, _FORBIDDEN, "forbidden")
        case BadRequest():
            return _known(said, _BAD_REQUEST, "bad request")
        case TimedOut() | NetworkError():
            return _of_network(error, said)
        case _ if "invalid server response" in said:  # status 200 and no JSON
            return Outcome(kind=Kind.UNKNOWN, reason="garbled answer")
        case _:
            return Outcome(kind=Kind.REFUSED, reason=type(error).__name__)


def _known(said: str, table: Iterable[tuple[str, Kind, str]], otherwise: str) -> Outcome:
    found = next(((kind, reason) for text, kind, reason in table if text in said), (Kind.REFUSED, otherwise))
    return Outcome(kind=found[0], reason=found[1])


def _of_network(error: NetworkError, said: str) -> Outcome:
    if isinstance(error, NotSentError):
        return Outcome(kind=Kind.NOT_SENT, reason="no connection")
    if isinstance(error, TimedOut) or isinstance(error.__cause__, ClientError):
        return Outcome(kind=Kind.UNKNOWN, reason="connection lost")
    if "too many requests" in said:  # without the parameter that python-telegram-bot looks for
        stated = _STATED_WAIT.search(said)
        return Outcome(kind=Kind.WAIT, reason="flood wait", seconds=float(stated[1]) if stated else None)
    if "too large" in said:
        return Outcome(kind=Kind.TEXT, reason="too long")
    if "gateway time" in said:  # 504: whoever stood behind it may have carried the call out
        return Outcome(kind=Kind.UNKNOWN, reason="gateway timeout")
    return Outcome(kind=Kind.SERVER, reason="server error")


def _first(error: BaseException) -> TelegramError:
    while isinstance(error.__cause__, InvalidToken):
        error = error.__cause__
    assert isinstance(error, TelegramError)  # noqa: S101 - every link of this chain is one
    return error


def _seconds(value: int | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
