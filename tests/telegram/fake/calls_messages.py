"""Methods that put something into a chat: messages, rich messages, documents, drafts, actions, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.fake.bodies import Upload
from tests.telegram.fake.calls import Call, method
from tests.telegram.fake.errors import Json, Violation, bad_request
from tests.telegram.fake.keyboards import check_markup
from tests.telegram.fake.model import Draft
from tests.telegram.fake.rich import parse_rich
from tests.telegram.fake.rich_blocks import rich_message
from tests.telegram.fake.text import MAX_CAPTION, MAX_TEXT, Formatted
from tests.telegram.fake.words import words

if TYPE_CHECKING:
    from tests.telegram.fake.model import Chat

ACTIONS = words(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location "
    "record_video_note upload_video_note"
)


def text_content(text: Formatted) -> Json:
    """The fields of a message with text."""
    return {"text": text.text} | ({"entities": text.entities} if text.entities else {})


def rich_content(message: Json) -> tuple[Json, str]:
    """The fields of a rich message, and its text."""
    tree = parse_rich(message)
    return {"rich_message": rich_message(tree, is_rtl=message.get("is_rtl", False))}, tree.reading()


def send(call: Call, content: Json, plain: str) -> Json:
    """Check place, reply and keyboard, then add the message. Raises ``ApiError``."""
    chat = call.writable_chat()
    check_markup(call.params.get("reply_markup"), chat)
    message = call.world.new_message(
        chat,
        call.bot.user,
        content,
        plain,
        thread_id=call.thread(chat),
        reply_to=call.reply_to(chat),
        markup=call.params.get("reply_markup"),
    )
    chat.drafts.clear()
    return message.to_json()


@method("sendMessage")
def send_message(call: Call) -> Json:
    text = call.formatted("text", "entities", MAX_TEXT, too_long="message is too long")
    return send(call, text_content(text), text.text)


@method("sendRichMessage")
def send_rich_message(call: Call) -> Json:
    content, plain = rich_content(call.params["rich_message"])
    return send(call, content, plain)


@method("sendDocument")
def send_document(call: Call) -> Json:
    given = call.params["document"]
    attached = call.params.get(given.removeprefix("attach://")) if isinstance(given, str) else given
    if isinstance(attached, Upload):
        if not attached.data:
            raise Violation("file must be non-empty")
        file = call.world.add_file(attached.data, attached.name, attached.mime)
    elif given in call.world.files:
        file = call.world.files[given]
    else:
        raise bad_request("wrong remote file identifier specified: wrong string length")
    caption = call.formatted(
        "caption", "caption_entities", MAX_CAPTION, too_long="message caption is too long", may_be_empty=True
    )
    content: Json = {"document": document(file.id, file.name, file.mime, len(file.data))}
    if caption.text:
        content |= {"caption": caption.text} | ({"caption_entities": caption.entities} if caption.entities else {})
    return send(call, content, caption.text)


def document(file_id: str, name: str, mime: str, size: int) -> Json:
    """A ``Document`` object."""
    return {
        "file_id": file_id, "file_unique_id": f"Ag{file_id[-8:]}", "file_name": name, "mime_type": mime, "file_size": size
    }  # fmt: skip


def _draft(call: Call, plain: str) -> bool:
    chat = _draft_chat(call)
    number = call.params["draft_id"]
    chat.drafts[number] = Draft(id=number, text=plain, at=call.world.clock())
    call.world.record(chat, call.bot.user, "drafts", text=plain)
    return True


def _draft_chat(call: Call) -> Chat:
    chat = call.writable_chat()
    if chat.kind != "private":
        raise Violation("TEXTDRAFT_PEER_INVALID")
    if not call.params["draft_id"]:
        raise Violation("invalid draft_id specified: it must be non-zero")
    return chat


@method("sendMessageDraft")
def send_message_draft(call: Call) -> bool:
    text = call.formatted("text", "entities", MAX_TEXT, too_long="message is too long", may_be_empty=True)
    return _draft(call, text.text)


@method("sendRichMessageDraft")
def send_rich_message_draft(call: Call) -> bool:
    return _draft(call, parse_rich(call.params["rich_message"], draft=True).reading())


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    if call.params["action"] not in ACTIONS:
        raise Violation("wrong parameter action in request")
    chat = call.writable_chat()
    if call.params.get("message_thread_id") != 1:  # unlike messages, actions may name the general topic
        call.thread(chat)
    call.world.record(chat, call.bot.user, f"is {call.params['action']}")
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    chat = call.writable_chat()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    emoji = "".join(reaction.get("emoji", "") for reaction in call.params.get("reaction", []))
    call.world.record(chat, call.bot.user, "reacts", message.id, emoji)
    return True
