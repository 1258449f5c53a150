"""What a request to the chat server looked like, and the ways in which its answer can go wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

STRICT = "json_schema"
OBJECT = "json_object"


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP error. ``message`` and ``code`` stand in the protocol's error object."""

    status: int
    message: str = "no"
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    """Bytes that are promised but never sent."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A 200 with just this body: malformed JSON, no choices, a web page … ``missing`` bytes are promised but never sent."""

    body: str
    content_type: str = "application/json"
    missing: int = 0


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """The connection closes in the middle of a right answer; with ``clean``, of a stream, between two events."""

    clean: bool = False


@dataclass(frozen=True, slots=True)
class Stall:
    """No answer until ``server.release()``, or until the server closes."""


@dataclass(frozen=True, slots=True)
class Finish:
    """A right answer but for its end: finish reason ``length``, ``content_filter`` … or a refusal instead of content."""

    reason: str = "stop"
    refusal: str | None = None
    content: str | None = None


Fault = Status | Raw | BrokenOff | Stall | Finish


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: str
    body: Mapping[str, Any]

    @property
    def system(self) -> str:
        """The system message."""
        return self._content("system")

    @property
    def user(self) -> str:
        """The user message, as text."""
        return self._content("user")

    @property
    def data(self) -> dict[str, Any]:
        """The user message, read as JSON."""
        return dict(json.loads(self.user))

    def _content(self, role: str) -> str:
        return next(str(message["content"]) for message in self.body["messages"] if message["role"] == role)


PASSING: tuple[Fault, ...] = (
    *(Status(status) for status in (408, 409, 425, 429, 500, 502, 503, 529)),
    Status(500, missing=50),
    BrokenOff(),
    Raw('{"choices": [{"mess', missing=100),
    Raw('{"choices": [{"mess'),
    Raw("[1, 2]"),
    Raw("null"),
    Raw('{"choices": []}'),
    Raw('{"choices": 7}'),
    Raw('{"choices": [{"message": {"content": null}, "finish_reason": "tool_calls"}]}'),
    Raw("[" * 100_000),
)
"""Faults of one request that may be gone at the next."""
