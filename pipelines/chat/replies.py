"""JSON of the protocol → what the model said: one completion, or the chunks of a stream, read without trust in their shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the model said. ``finish`` is the protocol's reason; ``tokens`` the usage of prompt and answer, if told."""

    text: str
    finish: str | None
    refused: bool
    tokens: int | None


def read_reply(parts: Sequence[object], *, streamed: bool) -> Reply | None:
    """The reply in one completion or in a stream's chunks; None where there is no choice in it, or no end to the stream."""
    documents = [part for part in parts if isinstance(part, dict)]
    choices = [choice for document in documents for choice in _first_choice(document)]
    messages = [message for choice in choices for message in _messages(choice)]
    finish = next((reason for reason in _texts(choices, "finish_reason")), None)
    whole = len(parts) == 1 and any("message" in choice for choice in choices)
    if not choices or (streamed and not whole and finish is None):
        return None
    return Reply(
        text="".join(_content(message.get("content")) for message in messages),
        finish=finish,
        refused=finish == "content_filter" or any(_texts(messages, "refusal")),
        tokens=next((tokens for tokens in map(_tokens, reversed(documents)) if tokens is not None), None),
    )


def read_models(answer: object) -> tuple[str, ...] | None:
    """Names in a list of models, in the server's order; None where it is no such list."""
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list):
        return None
    return tuple(_texts([entry for entry in data if isinstance(entry, dict)], "id"))


def _first_choice(document: dict[str, Any]) -> list[dict[str, Any]]:
    choices = document.get("choices")
    return [choice for choice in choices[:1] if isinstance(choice, dict)] if isinstance(choices, list) else []


def _messages(choice: dict[str, Any]) -> list[dict[str, Any]]:
    return [message for name in ("message", "delta") if isinstance(message := choice.get(name), dict)]


def _content(content: object) -> str:
    """Text of a message; some servers send a list of parts, thinking among them."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(_texts([part for part in parts if isinstance(part, dict) and part.get("type") == "text"], "text"))


def _texts(values: Iterable[dict[str, Any]], name: str) -> list[str]:
    return [text for value in values if isinstance(text := value.get(name), str) and text]


def _tokens(document: dict[str, Any]) -> int | None:
    usage = document.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total > 0 else None
