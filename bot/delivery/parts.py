"""Content of a message → the parameters of its Bot API calls, and what the outbox has to remember beside them.

A part is a method and its content (``text`` with ``entities``, or ``rich_message``), as renderers give it. In the outbox it
also carries reply, buttons and silence, and under ``MEMO`` what only delivery reads: Telegram never sees that key.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.render.nodes import Document, Paragraph
from bot.render.split import Part as TextPart, split
from bot.storage.outbox import PlannedPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.render.rich import RichMessage
    from bot.storage.outbox import Part

MEMO: Final = "_delivery"
_DRAFTS: Final = {"sendMessage": "sendMessageDraft", "sendRichMessage": "sendRichMessageDraft"}
_CONTENT: Final = ("text", "entities", "parse_mode", "rich_message")
_EDITED: Final = (*_CONTENT, "link_preview_options")
DELETE: Final = "deleteMessages"
EDIT: Final = "editMessageText"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What a part carries for delivery alone.

    ``fallback``: the whole message in methods that every server knows. ``sends``: how often the part may already have
    arrived. ``topicless``: the topic is gone. ``plain``: already without markup.
    """

    fallback: tuple[PlannedPart, ...] = ()
    sends: int = 0
    topicless: bool = False
    plain: bool = False


def text_parts(parts: Iterable[TextPart]) -> list[PlannedPart]:
    """Parts of ``bot.render.split``. Links get no preview: a digest shows its source itself."""
    return [_text(part.text, [entity.payload() for entity in part.entities]) for part in parts]


def rich_parts(messages: Iterable[RichMessage]) -> list[PlannedPart]:
    """Messages of ``bot.render.rich``."""
    return [PlannedPart(method="sendRichMessage", payload={"rich_message": one.payload()}) for one in messages]


def is_rich(part: PlannedPart | Part) -> bool:
    """True where the call needs a server that knows rich messages."""
    return "rich_message" in part.payload


def memo(part: PlannedPart | Part) -> Memo:
    """What the part carries for delivery."""
    kept = part.payload.get(MEMO, {})
    fallback = tuple(PlannedPart(method=one["method"], payload=one["payload"]) for one in kept.get("fallback", ()))
    return Memo(
        fallback=fallback,
        sends=kept.get("sends", 0),
        topicless=kept.get("topicless", False),
        plain=kept.get("plain", False),
    )


def parameters(part: PlannedPart | Part) -> dict[str, Any]:
    """What goes to Telegram, but for chat and topic."""
    return {key: value for key, value in part.payload.items() if key != MEMO}


def remembering(part: PlannedPart | Part, **changes: Any) -> PlannedPart:
    """``part`` with another memo (fields of ``Memo``)."""
    kept = replace(memo(part), **changes)
    said: dict[str, Any] = {}
    if kept.fallback:
        said["fallback"] = [{"method": one.method, "payload": dict(one.payload)} for one in kept.fallback]
    said |= {name: value for name in ("sends", "topicless", "plain") if (value := getattr(kept, name))}
    return PlannedPart(method=part.method, payload=parameters(part) | ({MEMO: said} if said else {}))


def addressed(
    parts: Sequence[PlannedPart], *, reply_to: int | None, keyboard: Mapping[str, Any] | None, silent: bool
) -> list[PlannedPart]:
    """``parts`` as new messages: the first is the reply, the last has the buttons."""
    made = []
    for number, part in enumerate(parts):
        payload = dict(part.payload)
        if silent:
            payload["disable_notification"] = True
        if reply_to is not None and number == 0:
            payload["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        if keyboard is not None and number == len(parts) - 1:
            payload["reply_markup"] = dict(keyboard)
        made.append(PlannedPart(method=part.method, payload=payload))
    return made


def edited(
    message_ids: Sequence[int], parts: Sequence[PlannedPart], *, keyboard: Mapping[str, Any] | None
) -> list[PlannedPart]:
    """``parts`` in the place of messages: edits, then new messages for the parts or deletions for the messages left over.

    Raises ValueError for a part that is no text: nothing else can take a text's place.
    """
    made = addressed(parts, reply_to=None, keyboard=keyboard, silent=False)
    for number, message_id in enumerate(message_ids[: len(parts)]):
        if made[number].method not in _DRAFTS:
            raise ValueError(f"{made[number].method} cannot be an edit")
        made[number] = _edit(made[number], message_id)
    return made + deletions(message_ids[len(parts) :])


def deletions(message_ids: Sequence[int]) -> list[PlannedPart]:
    """One call for up to a hundred messages, which is what Telegram takes."""
    return [
        PlannedPart(method=DELETE, payload={"message_ids": list(message_ids[at : at + 100])})
        for at in range(0, len(message_ids), 100)
    ]


def anew(part: PlannedPart | Part) -> PlannedPart:
    """An edit as a new message; any other part as it is."""
    if part.method != EDIT:
        return PlannedPart(method=part.method, payload=dict(part.payload))
    payload = {key: value for key, value in part.payload.items() if key != "message_id"}
    return PlannedPart(method="sendRichMessage" if is_rich(part) else "sendMessage", payload=payload)


def draft(part: PlannedPart, draft_id: int) -> PlannedPart:
    """``part`` as a draft. Raises ValueError for what is no text."""
    if part.method not in _DRAFTS:
        raise ValueError(f"{part.method} cannot be a draft")
    payload = {key: part.payload[key] for key in _CONTENT if key in part.payload}
    return PlannedPart(method=_DRAFTS[part.method], payload={"draft_id": draft_id, **payload})


def without_markup(part: PlannedPart | Part) -> list[PlannedPart]:
    """The same content as plain text, cut again, with the part's reply and buttons; none where nothing can be read of it.

    Of an edit the first is the edit and the others are new messages.
    """
    payload = parameters(part)
    text = _plain(payload["rich_message"]["html"]) if is_rich(part) else str(payload.get("text", ""))
    if payload.get("parse_mode"):
        text = _plain(text)
    cut = [_text(one.text, []) for one in split(Document((Paragraph(text),), _direction(text)))]
    rest = {key: value for key, value in payload.items() if key not in _EDITED}
    message_id, buttons, reply = (rest.pop(name, None) for name in ("message_id", "reply_markup", "reply_parameters"))
    made = []
    for number, one in enumerate(cut):
        said = dict(one.payload) | rest
        if reply is not None and number == 0:
            said["reply_parameters"] = reply
        if buttons is not None and number == len(cut) - 1:
            said["reply_markup"] = buttons
        plain = PlannedPart(method="sendMessage", payload=said)
        plain = _edit(plain, message_id) if message_id is not None and number == 0 else plain
        made.append(remembering(plain, topicless=memo(part).topicless, plain=True))
    return made


def _edit(part: PlannedPart, message_id: int) -> PlannedPart:
    kept = {key: part.payload[key] for key in (*_EDITED, "reply_markup") if key in part.payload}
    return PlannedPart(method=EDIT, payload={"message_id": message_id, **kept})


def _text(text: str, entities: list[dict[str, Any]]) -> PlannedPart:
    payload: dict[str, Any] = {"text": text, "link_preview_options": {"is_disabled": True}}
    return PlannedPart(method="sendMessage", payload=payload | ({"entities": entities} if entities else {}))


_LINE: Final = re.compile(
    r"(?i)(?:</(?:p|h[1-6]|li|tr|blockquote|summary|footer|details|table|ul|tg-thinking)>\s*)+|<br\s*/?>|<hr\s*/?>"
)
_CELL: Final = re.compile(r"(?i)</t[dh]>(?=\s*<t[dh])")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", _CELL.sub(" — ", _LINE.sub("\n", html)))).strip()


def _direction(text: str) -> Literal["ltr", "rtl"]:
    strong = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L" else "ltr"
