"""What happens to chats, for tests: groups and channels appear, people and the bot come and go, topics close, groups migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.fake.model import (
    ADMIN_RIGHTS,
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    Chat,
    ChatKind,
    Member,
    Message,
    Status,
    Topic,
    User,
)
from tests.telegram.fake.people import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.telegram.fake.errors import Json

ALL_RIGHTS = ADMIN_RIGHTS | CHANNEL_RIGHTS | GROUP_RIGHTS


class Groups(People):
    """People, and the chats they share."""

    def group(self, title: str = "Family", *members: User, bot_inside: bool = True) -> Chat:
        """A small group; the first member owns it."""
        return self._new_chat("group", title, members, bot_inside=bot_inside)

    def supergroup(
        self,
        title: str = "Newsroom",
        *members: User,
        username: str | None = None,
        forum: bool = False,
        bot_inside: bool = True,
    ) -> Chat:
        """A supergroup; with ``forum`` it has topics."""
        return self._new_chat("supergroup", title, members, username=username, forum=forum, bot_inside=bot_inside)

    def channel(
        self, title: str = "News", *members: User, username: str | None = None, bot_inside: bool = False
    ) -> Chat:
        """A channel; ``promote`` the bot to let it post."""
        return self._new_chat("channel", title, members, username=username, bot_inside=bot_inside)

    def post(self, chat: Chat, text: str, *, entities: Sequence[Json] = ()) -> Message:
        """Write in the channel's name; its owner does it."""
        owner = next(member.user for member in chat.members.values() if member.status == "creator")
        return self.say(owner, chat, text, entities=entities)

    def join(self, chat: Chat, user: User | None = None, *, by: User | None = None) -> None:
        """Let a user, or the bot, enter a chat."""
        self._change(chat, user, "member", by=by)
        if chat.kind != "channel":
            who = user or self.bot.user
            self._service(chat, by or who, {"new_chat_members": [who.to_json()]})

    def kick(self, chat: Chat, user: User | None = None, *, by: User | None = None) -> None:
        """Throw a user, or the bot, out of a chat."""
        self._change(chat, user, "kicked", by=by)

    def leave(self, chat: Chat, user: User) -> None:
        """Let a user go."""
        self._change(chat, user, "left", by=user)
        if chat.kind != "channel":
            self._service(chat, user, {"left_chat_member": user.to_json()})

    def promote(
        self, chat: Chat, user: User | None = None, *, rights: Iterable[str] = ALL_RIGHTS, by: User | None = None
    ) -> None:
        """Make a user, or the bot, an administrator."""
        self._change(chat, user, "administrator", rights=rights, by=by)

    def demote(self, chat: Chat, user: User | None = None, *, by: User | None = None) -> None:
        """Make an administrator a plain member again."""
        self._change(chat, user, "member", by=by)

    def restrict(
        self, chat: Chat, user: User | None = None, *, rights: Iterable[str] = (), by: User | None = None
    ) -> None:
        """Leave a user, or the bot, only the ``rights`` named; without any it may not write."""
        self._change(chat, user, "restricted", rights=rights, by=by)

    def block(self, user: User) -> None:
        """Let a user block the bot."""
        self.private(user).blocked = True
        self._private_change(user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """Let a user unblock the bot."""
        self.private(user).blocked = False
        self._private_change(user, "kicked", "member")

    def delete_account(self, user: User) -> None:
        """Delete a user's account."""
        user.deleted = True

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup, which is another chat with another id."""
        new = self.world.add_chat("supergroup", chat.title)
        new.members = dict(chat.members)
        by = next(iter(chat.members.values())).user
        self._service(chat, by, {"migrate_to_chat_id": new.id})
        chat.migrated_to = new
        self._service(new, by, {"migrate_from_chat_id": chat.id})
        return new

    def topic(self, chat: Chat, name: str) -> int:
        """Open a topic in a forum; its id is the ``message_thread_id``."""
        assert chat.is_forum
        by = next(iter(chat.members.values())).user
        number = chat.next_message_id
        chat.topics[number] = Topic(id=number, name=name)
        self._service(chat, by, {"forum_topic_created": {"name": name, "icon_color": 7322096}}, thread_id=number)
        return number

    def close_topic(self, chat: Chat, thread: int) -> None:
        """Close a topic to all but administrators."""
        chat.topics[thread].closed = True
        self._service(chat, next(iter(chat.members.values())).user, {"forum_topic_closed": {}}, thread_id=thread)

    def reopen_topic(self, chat: Chat, thread: int) -> None:
        """Open a closed topic again."""
        chat.topics[thread].closed = False
        self._service(chat, next(iter(chat.members.values())).user, {"forum_topic_reopened": {}}, thread_id=thread)

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """Delete a topic with its messages; the bot is not told."""
        del chat.topics[thread]
        for message in [m for m in chat.messages.values() if m.thread_id == thread]:
            self.erase(message)

    def _new_chat(
        self,
        kind: ChatKind,
        title: str,
        members: Sequence[User],
        *,
        username: str | None = None,
        forum: bool = False,
        bot_inside: bool,
    ) -> Chat:
        chat = self.world.add_chat(kind, title, username=username, is_forum=forum)
        people = members or (self.user("Owner"),)
        for number, user in enumerate(people):
            chat.members[user.id] = Member(user=user, status="member" if number else "creator")
        if bot_inside:
            self.join(chat, by=people[0])
        return chat

    def _change(
        self, chat: Chat, user: User | None, status: Status, *, rights: Iterable[str] = (), by: User | None
    ) -> None:
        """Change a place in a chat and tell the bots: the one it concerns as ``my_chat_member``, admins as ``chat_member``."""
        who = user or self.bot.user
        old = chat.members.get(who.id) or Member(user=who, status="left")
        new = Member(user=who, status=status, rights=frozenset(rights))
        actor = by or next((m.user for m in chat.members.values() if m.status == "creator"), who)
        chat.members[who.id] = new
        self.world.record(chat, actor, f"makes {who.first_name} {status}")
        said = {
            "chat": chat.to_json(), "from": actor.to_json(), "date": int(self.world.wall()),
            "old_chat_member": old.to_json(chat.kind), "new_chat_member": new.to_json(chat.kind),
        }  # fmt: skip
        for bot in self.world.bots.values():
            member = chat.members.get(bot.user.id)
            if bot.user is who:
                bot.updates.push("my_chat_member", said)
            elif member and member.status == "administrator":
                bot.updates.push("chat_member", said)

    def _private_change(self, user: User, old: Status, new: Status) -> None:
        chat = self.private(user)
        self.world.record(chat, user, "blocks the bot" if new == "kicked" else "unblocks the bot")
        said = {
            "chat": chat.to_json(), "from": user.to_json(), "date": int(self.world.wall()),
            "old_chat_member": Member(user=self.bot.user, status=old).to_json("private"),
            "new_chat_member": Member(user=self.bot.user, status=new).to_json("private"),
        }  # fmt: skip
        self.bot.updates.push("my_chat_member", said)

    def _service(self, chat: Chat, by: User, content: Json, *, thread_id: int | None = None) -> None:
        self._announce(self.world.new_message(chat, by, content, "", thread_id=thread_id))
