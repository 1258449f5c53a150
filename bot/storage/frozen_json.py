"""Frozen dataclasses ↔ JSON, exactly: what ``decode`` gives equals what ``encode`` was given.

Knows what ``pipelines.models`` is made of: dataclasses, ``tuple[X, ...]``, mappings with text keys, ``X | None``, ``Literal``,
string enumerations, dates, texts, numbers. A field that the JSON lacks takes its default, so that a model may gain a field with
a default; anything else that does not fit raises ``NotThisTypeError``.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Hashable

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]


class NotThisTypeError(ValueError):
    """The JSON is not what the type says."""


def encode(value: Any) -> Any:
    """``value`` in what ``json.dumps`` takes. Raises TypeError for a type that this module does not know."""
    if value is None or type(value) in (str, bool, int, float):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if type(value) in (date, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): encode(one) for key, one in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"no JSON for a {type(value).__name__}")


def decode(kind: type[_T], value: Any) -> _T:
    """``value`` as a ``kind``, a dataclass of this project. Raises ``NotThisTypeError``."""
    made: _T = _reader(cast("Hashable", kind))(value)
    return made


@cache
def _reader(kind: Any) -> _Reader:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(cast("type[Any]", kind))
    if origin in (types.UnionType, typing.Union):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        one = _reader(arguments[0])
        return lambda value: tuple(one(item) for item in _a(list, value))
    if origin is Mapping:
        key, item = _reader(arguments[0]), _reader(arguments[1])
        return lambda value: {key(k): item(v) for k, v in _a(dict, value).items()}
    if origin is typing.Literal:
        return lambda value: _among(arguments, value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda value: _try(kind, value)
    if kind is date:
        return lambda value: _try(date.fromisoformat, _a(str, value))
    if kind is datetime:
        return lambda value: _try(datetime.fromisoformat, _a(str, value))
    if kind is float:
        return lambda value: float(_a((int, float), value))
    if kind in (str, int, bool):
        return lambda value: _a(kind, value)
    raise TypeError(f"no JSON for {kind!r}")


def _dataclass_reader(kind: type[Any]) -> _Reader:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}

    def read(value: Any) -> Any:
        found = _a(dict, value)
        if unknown := found.keys() - readers.keys():
            raise NotThisTypeError(f"{kind.__name__} has no {sorted(unknown)}")
        try:
            return kind(**{name: readers[name](item) for name, item in found.items()})
        except TypeError as error:  # a field without a default is missing
            raise NotThisTypeError(str(error)) from error

    return read


def _a(kind: type[Any] | tuple[type[Any], ...], value: Any) -> Any:
    # True is an int to Python, not to JSON
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise NotThisTypeError(f"a {type(value).__name__} stands where {kind} should")
    return value


def _among(choices: tuple[Any, ...], value: Any) -> Any:
    if value not in choices:
        raise NotThisTypeError(f"{value!r} is none of {choices}")
    return value


def _try(make: Callable[[Any], Any], value: Any) -> Any:
    try:
        return make(value)
    except ValueError as error:
        raise NotThisTypeError(str(error)) from error
