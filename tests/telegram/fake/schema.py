"""Methods and types of the Bot API → decoded parameters, or what is wrong with them.

Two descriptions make a ``Schema``: our own table (``methods.py``, what the bot may use) and, where it lies beside the project,
the machine-readable Bot API. A type is written ``int``, ``str``, ``bool``, ``float``, a type's name, or ``[type]``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram.fake.bodies import Upload
from tests.telegram.fake.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCALARS: dict[str, type | tuple[type, ...]] = {"int": int, "str": str, "bool": bool, "float": (int, float)}
LONG_NAMES = {"Integer": "int", "String": "str", "Boolean": "bool", "Float": "float"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One parameter or field; ``types`` are alternatives."""

    name: str
    types: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """``methods`` and ``types`` by name; ``unions`` name a type's subtypes."""

    methods: Mapping[str, Mapping[str, Field]]
    types: Mapping[str, Mapping[str, Field]]
    unions: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_table(cls, methods: str, types: str, unions: str) -> Schema:
        """From lines such as ``sendMessage chat_id!:int|str text!:str``; ``!`` marks what is required."""
        split = (line.split() for line in unions.strip().splitlines())
        return cls(methods=_table(methods), types=_table(types), unions={name: tuple(rest) for name, *rest in split})

    @classmethod
    def from_json(cls, path: Path) -> Schema:
        """From the machine-readable description of the Bot API."""
        whole = json.loads(path.read_text("utf-8"))
        named = {
            kind: {n: _fields(o.get("fields", [])) for n, o in whole[kind].items()} for kind in ("methods", "types")
        }
        unions = {n: tuple(map(_short, o["subtypes"])) for n, o in whole["types"].items() if o.get("subtypes")}
        return cls(methods=named["methods"], types=named["types"], unions=unions)

    def decode(self, method: str, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters with their true types. Raises ``Violation`` at the first that is unknown, missing or of a wrong type."""
        fields = self.methods[method]
        if missing := [f.name for f in fields.values() if f.required and raw.get(f.name) is None]:
            raise Violation(f"{method}: parameter {missing[0]!r} is required")
        decoded = {}
        for name, value in raw.items():
            if name not in fields:
                if isinstance(value, Upload) and any(v == f"attach://{name}" for v in raw.values()):
                    continue
                raise Violation(f"{method}: unknown parameter {name!r}")
            try:
                decoded[name] = _decoded(value, fields[name].types)
            except ValueError:
                raise Violation(f"can't parse {name}: {'|'.join(fields[name].types)} expected") from None
            if flaw := self.flaw(decoded[name], fields[name].types, name):
                raise Violation(f"{method}: {flaw}")
        return decoded

    def flaw(self, value: Any, types: tuple[str, ...], where: str) -> str | None:
        """What keeps ``value`` from being one of ``types``: the nearest miss, as deep inside as possible. None if it fits."""
        misses = []
        for kind in types:
            miss = self._miss(value, kind, where)
            if miss is None:
                return None
            misses.append(miss)
        return max(misses, key=lambda miss: (miss.split(":")[0].count("."), miss.split(":")[0].count("[")))

    def _miss(self, value: Any, kind: str, where: str) -> str | None:
        if kind == "InputFile":
            return None if isinstance(value, Upload) else f"{where}: a file expected"
        if kind in SCALARS:
            fits = isinstance(value, SCALARS[kind]) and (kind == "bool" or not isinstance(value, bool))
            return None if fits else f"{where}: {kind} expected, not {type(value).__name__}"
        if kind.startswith("["):
            if not isinstance(value, list):
                return f"{where}: array expected"
            flaws = (self.flaw(item, (kind[1:-1],), f"{where}[{i}]") for i, item in enumerate(value))
            return next((flaw for flaw in flaws if flaw), None)
        if kind in self.unions:
            return self.flaw(value, self.unions[kind], where)
        return self._object_miss(value, kind, where)

    def _object_miss(self, value: Any, kind: str, where: str) -> str | None:
        if not isinstance(value, dict):
            return f"{where}: {kind} expected"
        fields = self.types[kind]
        for field in fields.values():
            if field.required and field.name not in value:
                return f"{where}: {kind} without {field.name!r}"
        for name, item in value.items():
            if name not in fields:
                return f"{where}: {kind} has no field {name!r}"
            if flaw := self.flaw(item, fields[name].types, f"{where}.{name}"):
                return flaw
        return None


def _decoded(value: Any, types: tuple[str, ...]) -> Any:
    """Undo the form's text: ``"12"`` → 12 where a number is due. Raises ValueError where it cannot be."""
    if not isinstance(value, str):
        return value
    if "int" in types and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "str" in types:
        return value
    if types == ("bool",):
        return {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}.get(value, value)
    return json.loads(value)


def _short(kind: str) -> str:
    if kind.startswith("Array of "):
        return f"[{_short(kind.removeprefix('Array of '))}]"
    return LONG_NAMES.get(kind, kind)


def _fields(described: list[dict[str, Any]]) -> dict[str, Field]:
    return {
        f["name"]: Field(name=f["name"], types=tuple(map(_short, f["types"])), required=f["required"])
        for f in described
    }


def _table(text: str) -> dict[str, dict[str, Field]]:
    """Lines → fields by owner. A line that begins with a space goes on with the line before."""
    table: dict[str, dict[str, Field]] = {}
    for line in re.sub(r"\n\s+", " ", text.strip()).splitlines():
        owner, *described = line.split()
        fields = table.setdefault(owner, {})
        for item in described:
            name, _, kinds = item.partition(":")
            bare = name.rstrip("!")
            fields[bare] = Field(name=bare, types=tuple(kinds.split("|")), required=name.endswith("!"))
    return table
