"""What people do, for tests: they write, forward, send files, press buttons, ask inline. Each becomes an update of the bot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.telegram.fake.calls import formatted
from tests.telegram.fake.calls_messages import document, rich_content, text_content
from tests.telegram.fake.model import Button, Chat, ChatKind, Member, Message, User
from tests.telegram.fake.text import MAX_CAPTION, MAX_TEXT, Formatted, detected, utf16_slice
from tests.telegram.fake.world import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.telegram.fake.errors import Json
    from tests.telegram.fake.world import Bot, World

MAX_INLINE_QUERY = 256


class People:
    """The users of the server."""

    world: World
    bot: Bot

    def user(self, first_name: str = "Zarghuna", *, username: str | None = None, language: str | None = "en") -> User:
        """A new user; ``language`` is the code that their client sends."""
        return self.world.add_user(first_name, username, language)

    def private(self, user: User, bot: Bot | None = None) -> Chat:
        """The chat of a user with the bot."""
        return self.world.private_chat(bot or self.bot, user)

    def say(
        self,
        user: User,
        chat: Chat,
        text: str,
        *,
        entities: Sequence[Json] = (),
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Write a message of at most 4,096 units; links, mentions and commands are found as Telegram's clients find them."""
        said = {"text": text, "entities": list(entities)}
        kept = formatted(said, "text", "entities", MAX_TEXT, too_long="Telegram's client would split this text")
        return self._arrive(chat, user, text_content(kept), kept.text, reply_to=reply_to, thread_id=thread)

    def forward(
        self,
        user: User,
        chat: Chat,
        text: str = "",
        *,
        entities: Sequence[Json] = (),
        caption: str | None = None,
        origin: Chat | User | str = "News",
    ) -> Message:
        """Forward a post of a channel, of a user, or of a user who hides (a name). With ``caption`` it is a photo."""
        said: dict[str, Any] = {"type": "hidden_user", "sender_user_name": origin}
        if isinstance(origin, Chat):
            said = {"type": "channel", "chat": origin.to_json(), "message_id": self.world.number()}
        elif isinstance(origin, User):
            said = {"type": "user", "sender_user": origin.to_json()}
        said["date"] = int(self.world.wall()) - 60
        if caption is None:
            content, plain = text_content(Formatted(text=text, entities=detected(text, list(entities)))), text
        else:
            content, plain = self._photo(caption, entities), caption
        return self._arrive(chat, user, content, plain, forward_origin=said)

    def send_photo(self, user: User, chat: Chat, caption: str = "", *, entities: Sequence[Json] = ()) -> Message:
        """Send a photo with a caption."""
        return self._arrive(chat, user, self._photo(caption, entities), caption)

    def send_document(
        self,
        user: User,
        chat: Chat,
        data: bytes,
        name: str,
        mime: str,
        *,
        caption: str = "",
        entities: Sequence[Json] = (),
        size: int | None = None,
    ) -> Message:
        """Send a file. ``size`` is what the message says of it, else the true one."""
        file = self.world.add_file(data, name, mime)
        content: dict[str, Any] = {"document": document(file.id, name, mime, len(data) if size is None else size)}
        return self._arrive(chat, user, content | self._caption(caption, entities), caption)

    def edit(self, message: Message, text: str) -> None:
        """Let the author edit a message."""
        message.history.append(message.plain)
        message.content = text_content(Formatted(text=text, entities=detected(text, [])))
        message.plain = text
        message.edit_date = int(self.world.wall())
        self.world.record(message.chat, message.sender, "edits", message.id, text)
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        for bot in self._listeners(message):
            bot.updates.push(kind, message.to_json())

    def press(self, button: Button, user: User) -> Query:
        """Press an inline button; the query holds the bot's answer later."""
        assert button.data is not None, f"{button.text!r} sends nothing to the bot"
        message = button.message
        bot = next(bot for bot in self.world.bots.values() if bot.user in {message.sender, message.via_bot})
        query = self._query(user, bot, button.data, message)
        self.world.record(message.chat, user, "presses", message.id, button.text)
        said = {"id": query.id, "from": user.to_json(), "chat_instance": str(message.chat.id), "data": button.data}
        if message.inline_id:
            said["inline_message_id"] = message.inline_id
        elif message.id in message.chat.messages:
            said["message"] = message.to_json()
        else:
            said["message"] = {"chat": message.chat.to_json(), "message_id": message.id, "date": 0}
        bot.updates.push("callback_query", said)
        return query

    def inline(self, user: User, text: str, *, chat_kind: ChatKind | None = None, offset: str = "") -> Query:
        """Type ``@bot text`` in a chat of a kind; None is the chat with the bot."""
        query = self._query(user, self.bot, text[:MAX_INLINE_QUERY], None)
        self.bot.updates.push(
            "inline_query",
            {
                "id": query.id, "from": user.to_json(), "query": query.data, "offset": offset,
                "chat_type": chat_kind or "sender",
            },
        )  # fmt: skip
        return query

    def choose(self, query: Query, result_id: str, chat: Chat) -> Message:
        """Pick a result of an answered inline query: it is posted into ``chat`` in the user's name."""
        assert query.answer is not None, "the inline query has no answer yet"
        result = next(r for r in query.answer["results"] if r["id"] == result_id)
        said = result["input_message_content"]
        if "rich_message" in said:
            content, plain = rich_content(said["rich_message"])
        else:
            text = formatted(said, "message_text", "entities", MAX_TEXT, too_long="MESSAGE_TOO_LONG")
            content, plain = text_content(text), text.text
        markup = result.get("reply_markup")
        number = f"inline{self.world.number()}" if markup else None
        message = self.world.new_message(
            chat, query.user, content, plain, via_bot=query.bot.user, markup=markup, inline_id=number
        )
        query.chosen.append(message)
        chosen = {"result_id": result_id, "from": query.user.to_json(), "query": query.data}
        if number:
            self.world.inline_messages[number] = message
            chosen["inline_message_id"] = number
        query.bot.updates.push("chosen_inline_result", chosen)
        return message

    def expire(self, query: Query) -> None:
        """Let a query grow too old to be answered."""
        query.expired = True

    def age(self, message: Message, hours: float) -> None:
        """Make a message older than it is."""
        message.date -= int(hours * 3600)

    def erase(self, message: Message) -> None:
        """Delete a message as a user does; the bot is not told."""
        del message.chat.messages[message.id]
        self.world.record(message.chat, None, "loses", message.id)

    def _query(self, user: User, bot: Bot, data: str, message: Message | None) -> Query:
        number = str(4_000_000_000_000_000_000 + self.world.number())
        query = Query(id=number, user=user, bot=bot, data=data, message=message, at=self.world.clock())
        self.world.queries[number] = query
        return query

    def _photo(self, caption: str, entities: Sequence[Json]) -> Json:
        file = self.world.add_file(b"\x89PNG", "photo.png", "image/png")
        size = {"file_id": file.id, "file_unique_id": f"Ag{file.id[-8:]}", "width": 800, "height": 600, "file_size": 4}
        return {"photo": [size]} | self._caption(caption, entities)

    def _caption(self, caption: str, entities: Sequence[Json]) -> Json:
        assert len(caption) <= MAX_CAPTION
        found = detected(caption, list(entities))
        return ({"caption": caption} if caption else {}) | ({"caption_entities": found} if found else {})

    def _arrive(self, chat: Chat, user: User, content: Json, plain: str, **more: Any) -> Message:
        if chat.owner:
            chat.started, chat.blocked = True, False
        else:
            chat.members.setdefault(user.id, Member(user=user))
        if (reply := more.get("reply_to")) and not more.get("thread_id") and chat.kind == "supergroup":
            more["thread_id"] = reply.thread_id or (None if chat.is_forum else reply.id)
        message = self.world.new_message(chat, user, content, plain, **more)
        self._announce(message)
        return message

    def _announce(self, message: Message) -> None:
        """Tell the bots about a message."""
        for bot in self._listeners(message):
            bot.updates.push("channel_post" if message.chat.kind == "channel" else "message", message.to_json())

    def _listeners(self, message: Message) -> list[Bot]:
        """The bots that get to see a message: privacy mode hides a group's talk that is not meant for them."""
        chat = message.chat
        inside = [b for b in self.world.bots.values() if (m := chat.members.get(b.user.id)) and m.inside]
        if chat.owner:
            return [bot for bot in inside if self.world.private.get((bot.user.id, chat.id)) is chat]
        if chat.kind == "channel":
            return inside
        return [bot for bot in inside if not bot.privacy or self._concerns(message, bot, chat.members[bot.user.id])]

    @staticmethod
    def _concerns(message: Message, bot: Bot, member: Member) -> bool:
        if member.status == "administrator" or not {"text", "caption", "document", "photo"} & set(message.content):
            return True
        if (message.reply_to and message.reply_to.sender is bot.user) or message.via_bot is bot.user:
            return True
        entities = message.content.get("entities", []) + message.content.get("caption_entities", [])
        said = [(e["type"], utf16_slice(message.plain, e)) for e in entities]
        name = re.escape(bot.user.username or "")
        return any(
            (kind == "mention" and re.fullmatch(f"@{name}", text, re.IGNORECASE))
            or (kind == "bot_command" and re.fullmatch(f"/[^@]*(?:@{name})?", text, re.IGNORECASE))
            for kind, text in said
        )
