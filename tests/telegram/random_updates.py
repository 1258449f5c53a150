"""Random updates of Telegram, as hypothesis strategies: every kind that a bot is sent, parts left out at random, odd texts.

Shapes follow the Bot API's types (https://core.telegram.org/bots/api#update): what Telegram always sends is always there, what it
may leave out is left out at random, and fields that nobody knows come along as they will with the next version.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

WORDS: Final = (
    "Кабул",
    "کابل",
    "خبر",
    "Taliban",
    "د افغانستان",
    "😀👨‍👩‍👧",
    "\u202eabc\u2069",
    "می‌شود",
    "a" * 300,
    "\u0000\u0301",
    " ",
    "\n\n",
)
LINKS: Final = (
    "https://nowhere.invalid/a",
    "http://127.0.0.1:9/x",
    "https://t.me/c/1/2",
    "ftp://x",
    "https://[",
    "example",
    "HTTPS://EXAMPLE.INVALID",
)
COMMANDS: Final = (
    "/start",
    "/start inline",
    "/start " + "x" * 200,
    "/help",
    "/digest",
    "/language",
    "/length",
    "/languages",
    "/settings",
    "/privacy",
    "/stats",
    "/cancel",
    "/admin",
    "/admin allow 5",
    "/channels",
    "/nothing",
    "/",
    "/start@khabar_test_bot",
    "/help@another_bot",
)
ENTITY_KINDS: Final = (
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "spoiler",
    "blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "kind_of_tomorrow",
)
DATA: Final = (
    "",
    "x",
    "1",
    "d",
    "d:1",
    "d:1:prs",
    "d:999999999999999999999:ps",
    "lang:ru",
    "p:",
    "p:language:xx",
    "forget",
    "c:1:2:3",
    "\u0000",
    "😀" * 16,
    "ch:1:on",
    "channels",
    "card:1:up",
    ":::",
    "None",
)


def _long(seed: int) -> str:
    """A text near Telegram's limit; drawn word by word it would cost hypothesis more than all the rest."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(chance.choices(WORDS, k=chance.randint(100, 200)))[:4000]


_short = st.one_of(
    st.lists(st.sampled_from(WORDS + LINKS), max_size=4).map(" ".join),
    st.sampled_from(COMMANDS),
    st.tuples(st.sampled_from(COMMANDS), st.sampled_from(WORDS + LINKS)).map(" ".join),
    st.text(max_size=80),
)
texts = st.integers(0, 31).flatmap(lambda one: _short if one else st.integers(0, 2**16).map(_long))
"""Few are so long that a digest is made of them: it is the handlers that are tried here."""
ids = st.integers(1, 2**52)
names = st.sampled_from(("A", "Зарлашта", "زرلښته", "", "\u202e", "x" * 64))


def _some(
    always: Mapping[str, st.SearchStrategy[Any]], maybe: Mapping[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(dict(always), optional=dict(maybe))


users = _some(
    {"id": ids, "is_bot": st.just(False), "first_name": names},
    {
        "username": st.sampled_from(("a_user", "khabar_test_bot")),
        "language_code": st.sampled_from(("en", "ru", "fa", "ps", "xx", "zh-hans", "")),
        "is_premium": st.booleans(),
        "added_to_attachment_menu": st.booleans(),
    },
)
other_chats = _some(
    {"id": ids.map(lambda number: -number), "type": st.sampled_from(("group", "supergroup", "channel"))},
    {"title": names, "username": st.just("a_chat"), "is_forum": st.booleans()},
)
files = {"file_id": st.just("f"), "file_unique_id": st.just("u")}
photos = st.lists(
    _some({**files, "width": st.just(1), "height": st.just(1)}, {"file_size": ids}), min_size=1, max_size=3
)
documents = _some(
    files,
    {
        "file_name": st.sampled_from(("a.pdf", "", "x" * 200, "a.exe")),
        "mime_type": st.just("text/plain"),
        "file_size": st.integers(0, 2**40),
    },
)
timed = _some({**files, "duration": st.integers(0, 9)}, {"mime_type": st.just("x/y")})
origins = st.one_of(
    _some({"type": st.just("user"), "date": st.just(1), "sender_user": users}, {}),
    _some({"type": st.just("hidden_user"), "date": st.just(1), "sender_user_name": names}, {}),
    _some({"type": st.just("chat"), "date": st.just(1), "sender_chat": other_chats}, {"author_signature": names}),
    _some({"type": st.just("channel"), "date": st.just(1), "chat": other_chats, "message_id": ids}, {}),
)
buttons = _some({"text": names}, {"url": st.sampled_from(LINKS), "callback_data": st.sampled_from(DATA)})
keyboards = _some({"inline_keyboard": st.lists(st.lists(buttons, max_size=2), max_size=2)}, {})
CONTENT: Final[dict[str, st.SearchStrategy[Any]]] = {
    "photo": photos,
    "document": documents,
    "voice": timed,
    "audio": timed,
    "video_note": _some({**files, "duration": st.just(1), "length": st.just(1)}, {}),
    "video": _some({**files, "duration": st.just(1), "width": st.just(1), "height": st.just(1)}, {}),
    "sticker": _some(
        {
            **files,
            "type": st.just("regular"),
            "width": st.just(1),
            "height": st.just(1),
            "is_animated": st.booleans(),
            "is_video": st.booleans(),
        },
        {},
    ),
    "location": _some({"latitude": st.just(34.5), "longitude": st.just(69.2)}, {}),
    "contact": _some({"phone_number": st.just("+93"), "first_name": names}, {}),
    "dice": _some({"emoji": st.just("🎲"), "value": st.just(3)}, {}),
    "poll": _some(
        {
            "id": st.just("1"),
            "question": names,
            "options": st.just([{"text": "a", "voter_count": 0, "persistent_id": "1"}]),
            "total_voter_count": st.just(0),
            "is_closed": st.just(False),
            "is_anonymous": st.just(True),
            "type": st.just("regular"),
            "allows_multiple_answers": st.just(False),
            "allows_revoting": st.just(False),
            "members_only": st.just(False),
        },
        {},
    ),
    "kind_of_tomorrow": st.just({"x": 1}),
}
SERVICE: Final[dict[str, st.SearchStrategy[Any]]] = {
    "new_chat_members": st.lists(users, min_size=1, max_size=2),
    "left_chat_member": users,
    "new_chat_title": names,
    "delete_chat_photo": st.just(True),
    "group_chat_created": st.just(True),
    "forum_topic_closed": st.just({}),
    "video_chat_started": st.just({}),
    "message_auto_delete_timer_changed": st.just({"message_auto_delete_time": 60}),
}


@st.composite
def entities(draw: st.DrawFn, text: str) -> list[Json]:
    """Entities that lie within ``text``, in UTF-16 units as Telegram counts; they may cut a surrogate pair."""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if not length:
        return []
    made = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, length - 1))
        one: Json = {
            "type": draw(st.sampled_from(ENTITY_KINDS)),
            "offset": start,
            "length": draw(st.integers(1, length - start)),
        }
        if one["type"] == "text_link":
            one["url"] = draw(st.sampled_from(LINKS))
        if one["type"] == "text_mention":
            one["user"] = draw(users)
        made.append(one)
    return made


@st.composite
def messages(draw: st.DrawFn, chat: Json, user: Json | None, *, depth: int = 0) -> Json:
    """A message in ``chat``. A command is marked as one, as Telegram does."""
    said: Json = {
        "message_id": draw(st.integers(1, 10**6)),
        "date": draw(st.sampled_from((1, 1_764_000_000))),
        "chat": chat,
    }
    if user is not None:
        said["from"] = user
    kind = draw(
        st.sampled_from(("text", "text", "text", "content", "service" if chat["type"] != "private" else "text"))
    )
    if kind == "text":
        said["text"] = draw(texts)
        said["entities"] = draw(entities(said["text"]))
        if said["text"].startswith("/"):
            said["entities"] = [{"type": "bot_command", "offset": 0, "length": len(said["text"].split()[0])}]
    elif kind == "content":
        name = draw(st.sampled_from(sorted(CONTENT)))
        said[name] = draw(CONTENT[name])
        if draw(st.booleans()):
            said["caption"] = draw(texts)[:1000]
            said["caption_entities"] = draw(entities(said["caption"]))
    else:
        name = draw(st.sampled_from(sorted(SERVICE)))
        said[name] = draw(SERVICE[name])
    if draw(st.booleans()):
        said["forward_origin"] = draw(origins)
    if draw(st.booleans()):
        said["reply_markup"] = draw(keyboards)
    if depth == 0 and draw(st.booleans()):
        said["reply_to_message"] = draw(messages(chat, user, depth=1))
    said |= draw(
        _some(
            {},
            {
                "media_group_id": st.just("1"),
                "via_bot": users,
                "has_protected_content": st.just(True),
                "field_of_tomorrow": st.just([1]),
            },
        )
    )
    return said


@st.composite
def queries(draw: st.DrawFn, user: Json, chat: Json, *, number: int) -> tuple[str, Json]:
    """A press or an inline query of ``user``; its id is ``number``."""
    if draw(st.booleans()):
        pressed: Json = {"id": str(number), "from": user, "chat_instance": "1", "data": draw(st.sampled_from(DATA))}
        how = draw(st.sampled_from(("message", "inaccessible", "inline")))
        if how == "message":
            pressed["message"] = draw(messages(chat, None))
        elif how == "inaccessible":
            pressed["message"] = {"chat": chat, "message_id": 5, "date": 0}
        else:
            pressed["inline_message_id"] = "abc"
        return "callback_query", pressed
    return "inline_query", {
        "id": str(number),
        "from": user,
        "query": draw(texts)[:256],
        "offset": draw(st.sampled_from(("", "5"))),
    }


@st.composite
def memberships(draw: st.DrawFn, user: Json, chat: Json, bot: Json) -> Json:
    """The bot's own standing changes."""

    def member() -> Json:
        status = draw(st.sampled_from(("member", "left", "kicked", "administrator")))
        found: Json = {"status": status, "user": bot}
        if status == "kicked":
            found["until_date"] = 0
        if status == "administrator":
            found |= dict.fromkeys(
                (
                    "can_be_edited",
                    "is_anonymous",
                    "can_manage_chat",
                    "can_delete_messages",
                    "can_manage_video_chats",
                    "can_restrict_members",
                    "can_promote_members",
                    "can_change_info",
                    "can_invite_users",
                    "can_post_stories",
                    "can_edit_stories",
                    "can_delete_stories",
                ),
                False,
            )
        return found

    return {"chat": chat, "from": user, "date": 1, "old_chat_member": member(), "new_chat_member": member()}


UNKNOWN: Final[dict[str, Json]] = {
    "update_of_tomorrow": {"x": 1},
    "poll_answer": {
        "poll_id": "1",
        "option_ids": [0],
        "option_persistent_ids": ["1"],
        "user": {"id": 1, "is_bot": False, "first_name": "A"},
    },
    "purchased_paid_media": {"from": {"id": 1, "is_bot": False, "first_name": "A"}, "paid_media_payload": "x"},
}
"""Kinds that the bot does not ask for."""
