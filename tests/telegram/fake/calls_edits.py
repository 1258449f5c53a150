"""Methods that change what was said: edits of messages in chats and of inline messages, deletions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.fake.calls import Call, method
from tests.telegram.fake.calls_messages import rich_content, text_content
from tests.telegram.fake.errors import NOT_MODIFIED, Json, Violation, bad_request
from tests.telegram.fake.keyboards import check_markup
from tests.telegram.fake.text import MAX_TEXT

if TYPE_CHECKING:
    from tests.telegram.fake.model import Message

DELETABLE_SECONDS = 48 * 3600


def _target(call: Call) -> Message:
    """The message to edit. Raises ``ApiError`` where it is gone or not the bot's."""
    inline = call.params.get("inline_message_id")
    if inline is not None:
        found = call.world.inline_messages.get(inline)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    if "chat_id" not in call.params or "message_id" not in call.params:
        raise Violation("message identifier is not specified")
    chat = call.writable_chat()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not call.bot.user or message.forward_origin:
        raise bad_request("message can't be edited")
    return message


def _finish(call: Call, message: Message, content: Json, plain: str, kind: str) -> Json | bool:
    markup = call.params.get("reply_markup")
    check_markup(markup, None if message.inline_id else message.chat)
    kept = message.markup if message.markup and message.markup.get("inline_keyboard") else None
    wanted = markup if markup and markup.get("inline_keyboard") else None
    if content == message.content and wanted == kept:
        raise bad_request(NOT_MODIFIED)
    if message.plain != plain:
        message.history.append(message.plain)
    message.content, message.plain, message.markup = content, plain, wanted
    message.edit_date = int(call.world.wall())
    call.world.record(message.chat, call.bot.user, kind, message.id, plain)
    return True if call.params.get("inline_message_id") is not None else message.to_json()


@method("editMessageText")
def edit_message_text(call: Call) -> Json | bool:
    params = call.params
    if ("text" in params) == ("rich_message" in params):
        raise Violation("message text is empty")
    if "rich_message" in params:
        content, plain = rich_content(params["rich_message"])
    else:
        text = call.formatted("text", "entities", MAX_TEXT, too_long="message is too long")
        content, plain = text_content(text), text.text
    message = _target(call)
    if not {"text", "rich_message"} & set(message.content):
        raise bad_request("there is no text in the message to edit")
    return _finish(call, message, content, plain, "edits")


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json | bool:
    message = _target(call)
    return _finish(call, message, message.content, message.plain, "changes the buttons of")


def _delete(call: Call, message_id: int) -> None:
    chat = call.chat()
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    member = call.member(chat)
    may = message.sender is call.bot.user or chat.kind == "private" or "can_delete_messages" in member.rights
    if not may or message.date < call.world.wall() - DELETABLE_SECONDS:
        raise bad_request("message can't be deleted")
    del chat.messages[message_id]
    call.world.record(chat, call.bot.user, "deletes", message_id)


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    _delete(call, call.params["message_id"])
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat = call.chat()
    for message_id in call.params["message_ids"]:
        if message_id in chat.messages:
            _delete(call, message_id)
    return True
