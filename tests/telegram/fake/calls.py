"""How a method of the Bot API is carried out: the ``Call`` it gets, the table of handlers, and the checks that many share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram.fake.errors import ApiError, Json, Violation, bad_request, forbidden
from tests.telegram.fake.markup import parse_html
from tests.telegram.fake.text import Formatted, checked, detected, trimmed, utf16_length

if TYPE_CHECKING:
    from tests.telegram.fake.model import Chat, Member, Message
    from tests.telegram.fake.world import Bot, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call with checked parameters."""

    world: World
    bot: Bot
    method: str
    params: Json

    def chat(self) -> Chat:
        """The chat the call is about, if the bot may know it. Raises ``ApiError``."""
        chat = self.world.find_chat(self.bot, self.params["chat_id"])
        if chat.migrated_to:
            why = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, why, migrate_to=chat.migrated_to.id)
        if chat.owner:
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif not self.member(chat).inside and chat.username is None:
            raise self.thrown_out(chat)
        return chat

    def member(self, chat: Chat) -> Member:
        """The bot's own place in a chat."""
        member = chat.members.get(self.bot.user.id)
        if member is None:
            raise bad_request("chat not found")
        return member

    def thrown_out(self, chat: Chat) -> ApiError:
        """The refusal to a bot that is in the chat no more."""
        if self.member(chat).status == "kicked":
            return forbidden(f"bot was kicked from the {chat.kind} chat")
        return forbidden(f"bot is not a member of the {chat.kind} chat")

    def writable_chat(self) -> Chat:
        """The chat, if the bot may write there. Raises ``ApiError``."""
        chat = self.chat()
        if chat.owner:
            if chat.owner.deleted:
                raise forbidden("user is deactivated")
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            return chat
        member = self.member(chat)
        if not member.inside:
            raise self.thrown_out(chat)
        if chat.kind == "channel" and not (member.status == "administrator" and "can_post_messages" in member.rights):
            raise bad_request("need administrator rights in the channel chat")
        if member.status == "restricted" and "can_send_messages" not in member.rights:
            raise bad_request("not enough rights to send text messages to the chat")
        return chat

    def thread(self, chat: Chat) -> int | None:
        """The forum topic the call names, if it may be written in. Raises ``ApiError``.

        A reply's ``message_thread_id`` in a group without topics is refused as well, and so is 1, the general topic: both as
        Telegram does.
        """
        thread_id: int | None = self.params.get("message_thread_id")
        if thread_id is None:
            return None
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and self.member(chat).status not in {"administrator", "creator"}:
            raise bad_request("TOPIC_CLOSED")
        return thread_id

    def reply_to(self, chat: Chat) -> Message | None:
        """The message the call replies to. Raises ``ApiError`` where it is gone and must not be."""
        wanted = self.params.get("reply_parameters")
        if wanted is None:
            return None
        where = self.world.find_chat(self.bot, wanted["chat_id"]) if "chat_id" in wanted else chat
        message = where.messages.get(wanted["message_id"])
        if message is None and not wanted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return message

    def formatted(
        self, field: str, entities_field: str, limit: int, *, too_long: str, may_be_empty: bool = False
    ) -> Formatted:
        """The call's text with its entities. Raises ``Violation``."""
        return formatted(self.params, field, entities_field, limit, too_long=too_long, may_be_empty=may_be_empty)


def formatted(
    said: Json, field: str, entities_field: str, limit: int, *, too_long: str, may_be_empty: bool = False
) -> Formatted:
    """A text with its parse mode or entities → what Telegram keeps; ``limit`` in UTF-16 units. Raises ``Violation``."""
    mode = said.get("parse_mode")
    text = said.get(field, "")
    if mode and said.get(entities_field):
        raise Violation("parse_mode and entities exclude each other")
    if mode and mode.lower() != "html":
        raise Violation("this server parses HTML only: Markdown breaks on names and addresses")
    whole = parse_html(text) if mode else Formatted(text=text, entities=said.get(entities_field) or [])
    kept = trimmed(whole.text, checked(whole.text, whole.entities))
    if not kept.text and not may_be_empty:
        raise Violation("message text is empty")
    if utf16_length(kept.text) > limit:
        raise Violation(too_long)
    return Formatted(text=kept.text, entities=detected(kept.text, kept.entities))


Handler = Callable[[Call], Any | Awaitable[Any]]
HANDLERS: dict[str, Handler] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Carry out a method of the Bot API by this function: call → the answer's ``result``."""

    def put(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return put
