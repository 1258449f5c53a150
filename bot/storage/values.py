"""Words that several tables share, and what a text or a number must be to be stored the same by SQLite and PostgreSQL."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar, cast

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

_T = TypeVar("_T")

Json: TypeAlias = "str | int | float | bool | Mapping[str, Json] | Sequence[Json] | None"
"""What JSON can say."""
JsonObject: TypeAlias = Mapping[str, Any]
"""A JSON object: an update of Telegram, the parameters of a Bot API call."""

Length = Literal["short", "medium", "long"]
"""How long a digest is (``pipelines.summarise.base.LENGTHS``)."""

_INT64: Final = 2**63


EVERYBODY: Final = "all"
"""The scope of all people and chats together, in ``usage`` and ``flood``."""


def person_scope(person_id: int) -> str:
    """A person in ``usage``."""
    return f"person:{person_id}"


def chat_scope(chat_id: int) -> str:
    """A chat in ``usage`` and ``flood``."""
    return f"chat:{chat_id}"


def insert(tx: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT; both dialects say it alike, SQLAlchemy has no common one."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def batched(values: Sequence[_T], size: int = 500) -> Iterator[Sequence[_T]]:
    """``values`` in runs for an IN (…): a statement takes 65,535 parameters on PostgreSQL, fewer on SQLite."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def from_row(kind: type[_T], row: Row[Any], **others: Any) -> _T:
    """A dataclass whose fields are named as the row's columns; ``others`` are those that the row lacks."""
    names = [field.name for field in dataclasses.fields(cast("Any", kind)) if field.name not in others]
    return kind(**{name: getattr(row, name) for name in names}, **others)


def is_id(value: int) -> bool:
    """True where ``value`` fits 64 bits. What came from outside may not, and SQLite's driver raises OverflowError then."""
    return -_INT64 <= value < _INT64


def key(value: str, size: int = 96) -> str:
    """``value``, which must fit its column: PostgreSQL would refuse it, SQLite would not. Raises ValueError."""
    if not value or len(value) > size:
        raise ValueError(f"a key has 1 to {size} characters, not {len(value)}")
    return value


def to_json(value: Any) -> str:
    """JSON text, UTF-8 as it is: escaped Cyrillic and Arabic letters would take three times the room.

    Lone surrogates, which no encoding can write, are escaped. Raises ValueError for NaN and infinities.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text


def clean(text: str) -> str:
    """``text`` with U+FFFD for NUL and lone surrogates: PostgreSQL stores neither."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
