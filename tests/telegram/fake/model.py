"""What the server keeps: users, chats with their members and messages → the Bot API's objects.

Ids need more than 32 bits, as many of Telegram's do, so that a column that is too narrow is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.telegram.fake.words import words

if TYPE_CHECKING:
    from tests.telegram.fake.errors import Json

ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ADMIN_RIGHTS = words(
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members can_change_info "
    "can_invite_users can_post_stories can_edit_stories can_delete_stories"
)
CHANNEL_RIGHTS = words("can_post_messages can_edit_messages")
GROUP_RIGHTS = words("can_pin_messages can_manage_topics")
MEMBER_RIGHTS = words(
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_react_to_messages can_edit_tag "
    "can_change_info can_invite_users can_pin_messages can_manage_topics"
)
IN_THE_CHAT = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """A person or a bot. ``language_code`` is what their client says (IETF)."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deleted: bool = False

    def to_json(self) -> Json:
        said = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        more = {"username": self.username, "language_code": self.language_code}
        return said | {name: value for name, value in more.items() if value}


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """A user's place in a chat; ``rights`` are the granted ones."""

    user: User
    status: Status = "member"
    rights: frozenset[str] = frozenset()

    @property
    def inside(self) -> bool:
        return self.status in IN_THE_CHAT

    def to_json(self, kind: ChatKind) -> Json:
        said: Json = {"status": self.status, "user": self.user.to_json()}
        if self.status == "creator":
            return said | {"is_anonymous": False}
        if self.status == "administrator":
            names = ADMIN_RIGHTS | (CHANNEL_RIGHTS if kind == "channel" else GROUP_RIGHTS)
            return (
                said
                | {"can_be_edited": False, "is_anonymous": False}
                | {name: name in self.rights for name in sorted(names)}
            )
        if self.status == "restricted":
            return (
                said
                | {"is_member": True, "until_date": 0}
                | {name: name in self.rights for name in sorted(MEMBER_RIGHTS)}
            )
        return said | ({"until_date": 0} if self.status == "kicked" else {})


@dataclass(slots=True, kw_only=True, eq=False)
class Topic:
    """A forum topic."""

    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of a chat's transcript: at ``at`` (server clock) ``who`` did ``kind``."""

    at: float
    who: str
    kind: str
    message_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that is shown while it is being written."""

    id: int
    text: str
    at: float


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A chat. A private one belongs to ``owner`` and one bot."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    owner: User | None = None
    started: bool = False
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    migrated_to: Chat | None = None
    next_message_id: int = 1

    def to_json(self) -> Json:
        said: Json = {"id": self.id, "type": self.kind}
        if self.owner:
            return (
                said
                | {"first_name": self.owner.first_name}
                | ({"username": self.owner.username} if self.owner.username else {})
            )
        said["title"] = self.title
        return (
            said
            | ({"username": self.username} if self.username else {})
            | ({"is_forum": True} if self.is_forum else {})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button of a message, for ``press``."""

    message: Message
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message as it stands now; ``history`` holds the texts that edits replaced, oldest first.

    ``content`` are the fields that say what it is: ``text`` and ``entities``, ``document``, ``caption``, ``rich_message``,
    ``new_chat_members`` and the like.
    """

    chat: Chat
    id: int
    date: int
    at: float
    sender: User | None = None
    content: Json = field(default_factory=dict)
    plain: str = ""
    thread_id: int | None = None
    reply_to: Message | None = None
    forward_origin: Json | None = None
    via_bot: User | None = None
    markup: Json | None = None
    edit_date: int | None = None
    inline_id: str | None = None
    history: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a reader reads: the text, the caption, or the text of the rich message."""
        return self.plain

    @property
    def buttons(self) -> list[Button]:
        """Inline buttons, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            Button(message=self, text=b["text"], data=b.get("callback_data"), url=b.get("url"))
            for row in rows
            for b in row
        ]

    def button(self, part: str) -> Button:
        """The first button whose label or data holds ``part``. Raises AssertionError without one."""
        found = next((b for b in self.buttons if part in b.text or part in (b.data or "")), None)
        assert found is not None, f"no button {part!r} among {[(b.text, b.data) for b in self.buttons]}"
        return found

    def to_json(self, *, with_reply: bool = True) -> Json:
        said: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.chat.kind == "channel":
            said["sender_chat"] = self.chat.to_json()
        elif self.sender:
            said["from"] = self.sender.to_json()
        if self.thread_id:
            said["message_thread_id"] = self.thread_id
            if self.chat.is_forum:
                said["is_topic_message"] = True
        if self.reply_to and with_reply:
            said["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        more: Json = {
            "forward_origin": self.forward_origin,
            "via_bot": self.via_bot.to_json() if self.via_bot else None,
            "edit_date": self.edit_date,
            "reply_markup": self.markup if self.markup and "inline_keyboard" in self.markup else None,
        }
        return said | self.content | {name: value for name, value in more.items() if value is not None}
