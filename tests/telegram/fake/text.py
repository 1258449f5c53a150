"""Text and its entities as Telegram counts them: lengths in UTF-16 units, what it finds by itself, what it refuses.

text, entities → ``Formatted`` (trimmed, entities in order), or a ``Violation``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from tests.telegram.fake.errors import Json, Violation
from tests.telegram.fake.words import words

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
PADDING = " \t\r\n"

KINDS = words(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote "
    "expandable_blockquote code pre text_link text_mention custom_emoji date_time"
)
NEEDED_FIELDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
FOUND_BY_ITSELF = (
    ("url", re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|ru|af|ir|uk|de|int|me)\b(?:/[^\s<>«»\"]*)?",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
AFTER_A_LINK = ".,:;!?'…)]}؟،؛۔"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """Text as Telegram keeps it; ``entities`` count UTF-16 units."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """How many UTF-16 units ``text`` takes."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_slice(text: str, entity: Json) -> str:
    """The part of ``text`` that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def detected(text: str, given: list[Json]) -> list[Json]:
    """``given`` and what Telegram finds beside them: links, addresses, mentions, commands, hashtags."""
    taken = [
        (e["offset"], e["offset"] + e["length"]) for e in given if e["type"] not in {"blockquote", "bold", "italic"}
    ]
    found = list(given)
    for kind, pattern in FOUND_BY_ITSELF:
        for match in pattern.finditer(text):
            said = match[0].rstrip(AFTER_A_LINK) if kind == "url" else match[0]
            start = utf16_length(text[: match.start()])
            stop = start + utf16_length(said)
            if said and not any(start < end and begin < stop for begin, end in taken):
                taken.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return in_order(found)


def in_order(entities: list[Json]) -> list[Json]:
    """By place, the outer ones first."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def checked(text: str, entities: list[Json]) -> list[Json]:
    """The entities in order. Raises ``Violation`` where one lies outside the text, cuts a character or cuts another entity."""
    bounds = [0, *accumulate(1 + (char > "\uffff") for char in text)]
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in KINDS:
            raise Violation(f"can't parse MessageEntity: unsupported type {entity['type']!r} specified")
        if (needed := NEEDED_FIELDS.get(entity["type"])) and needed not in entity:
            raise Violation(f"can't parse MessageEntity: {needed!r} is required for {entity['type']}")
        if start < 0 or entity["length"] <= 0:
            raise Violation(f"receive an entity with incorrect offset {start} or length {entity['length']}")
        if stop > bounds[-1]:
            raise Violation(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {bounds[-1]}"
            )
        for verb, place in (("begins", start), ("ends", stop)):
            if bounds[bisect_left(bounds, place)] != place:
                raise Violation(f"entity {verb} in a middle of a UTF-16 symbol at UTF-16 offset {place}")
    if len(entities) > MAX_ENTITIES:
        raise Violation(f"ENTITIES_TOO_LONG: {len(entities)} entities, {MAX_ENTITIES} are allowed")
    ordered = in_order(entities)
    _refuse_crossing(ordered)
    return ordered


def _refuse_crossing(ordered: list[Json]) -> None:
    """Telegram allows nesting only. It would cut a crossing entity in two; here a bot that sends one is told."""
    open_ends: list[int] = []
    for entity in ordered:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        open_ends = [end for end in open_ends if end > start]
        if open_ends and stop > min(open_ends):
            raise Violation(f"ENTITY_BOUNDS_INVALID: the entity at UTF-16 offset {start} crosses another")
        open_ends.append(stop)
    for one, two in pairwise(ordered):
        if "pre" in {one["type"], two["type"]} and two["offset"] < one["offset"] + one["length"]:
            raise Violation(f"ENTITY_BOUNDS_INVALID: nothing nests with pre at UTF-16 offset {two['offset']}")


def trimmed(text: str, entities: list[Json]) -> Formatted:
    """Without blanks round it, as Telegram keeps a message; the entities move along, empty ones go."""
    start = len(text) - len(text.lstrip(PADDING))  # blanks are one unit each
    kept = text.strip(PADDING)
    end = utf16_length(kept)
    moved = []
    for entity in entities:
        begin = max(entity["offset"] - start, 0)
        length = min(entity["offset"] + entity["length"] - start, end) - begin
        if length > 0:
            moved.append(entity | {"offset": begin, "length": length})
    return Formatted(text=kept, entities=moved)
