"""Keyboards and inline results: what Telegram demands of them beyond their types."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.telegram.fake.calls import formatted
from tests.telegram.fake.errors import Json, Violation
from tests.telegram.fake.rich import parse_rich
from tests.telegram.fake.text import MAX_TEXT
from tests.telegram.fake.words import words

if TYPE_CHECKING:
    from tests.telegram.fake.model import Chat

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_DATA = 64
MAX_RESULTS = 50
ACTIONS = words(
    "url callback_data web_app switch_inline_query switch_inline_query_current_chat switch_inline_query_chosen_chat copy_text"
)
SCHEMES = frozenset({"http", "https", "tg", "tonsite"})


def check_markup(markup: Json | None, chat: Chat | None) -> None:
    """Refuse a reply markup that Telegram would refuse. ``chat`` is None for inline messages."""
    if markup is None:
        return
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise Violation("REPLY_MARKUP_TOO_LONG")
    if any(not button["text"].strip() for button in buttons):
        raise Violation('can\'t parse keyboard button: field "text" must be non-empty')
    if "inline_keyboard" in markup:
        for button in buttons:
            _check_inline(button, chat)
    elif chat and chat.kind == "channel":
        raise Violation("reply keyboards can't be shown in channels")


def _check_inline(button: Json, chat: Chat | None) -> None:
    actions = [name for name in button if name in ACTIONS]
    if not actions:
        raise Violation("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Violation(f"can't parse inline keyboard button: only one of {', '.join(actions)} may be used")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_DATA:
        raise Violation("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise Violation("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        parts = urlsplit(button["url"])
        if parts.scheme not in SCHEMES or not parts.netloc:
            raise Violation(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "web_app" in button and (chat is None or chat.kind != "private"):
        raise Violation("BUTTON_TYPE_INVALID")


def check_results(results: list[Json]) -> None:
    """Refuse inline results that Telegram would refuse."""
    if len(results) > MAX_RESULTS:
        raise Violation("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        raise Violation("RESULT_ID_DUPLICATE")
    for result in results:
        check_result(result)


def check_result(result: Json) -> None:
    """Refuse an inline result that Telegram would refuse."""
    if result["type"] != "article":
        raise Violation(f"can't parse inline query result: type {result['type']!r} is not in use here")
    if not 1 <= len(result["id"].encode()) <= 64:
        raise Violation("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise Violation("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    if "rich_message" in content:
        parse_rich(content["rich_message"])
    else:
        formatted(content, "message_text", "entities", MAX_TEXT, too_long="MESSAGE_TOO_LONG")
    check_markup(result.get("reply_markup"), None)
