"""What a server takes of the protocol, learnt from its refusals: a 400 or 422 → the request said more simply, or nothing.

Servers differ in four fields. vLLM, llama.cpp, Ollama and OpenAI take a strict JSON schema, many providers only
``json_object``, old servers neither. OpenAI's reasoning models take ``max_completion_tokens`` for ``max_tokens`` and no
temperature. vLLM refuses a ``max_tokens`` beyond its context. Some know no ``stream_options``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.chat.options import ChatOptions

Format = Literal["strict", "object", "none"]
Limit = Literal["max_tokens", "max_completion_tokens", ""]

ANSWER_ROOM: Final = 4
"""Tokens of the answer for each of the text: Pashto takes twice English's, JSON some, a thinking model the rest."""

_CONTEXT: Final = re.compile(
    r"context.?(?:length|window|size)|maximum context|max_model_len|exceeds? the available context"
)
_FORMAT: Final = re.compile(r"response.?format|json.?schema|json.?object|structured.?output|guided|grammar|unsupported")
_SIMPLER: Final[Mapping[Format, Format]] = {"strict": "object", "object": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The optional fields that a server is sent. ``format`` is how the answer's form is asked for."""

    format: Format
    limit: Limit = "max_tokens"
    temperature: bool = True
    usage: bool = True

    @classmethod
    def first(cls, options: ChatOptions) -> Dialect:
        """What is tried first."""
        return cls(format="strict" if options.schema == "auto" else options.schema)

    def fields(self, options: ChatOptions, name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The request's fields beside model and messages. ``schema`` is a JSON schema of the answer called ``name``."""
        fields: dict[str, Any] = {}
        if self.format == "strict":
            fields["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": name, "strict": True, "schema": schema},
            }
        elif self.format == "object":
            fields["response_format"] = {"type": "json_object"}
        if self.limit:
            fields[self.limit] = ANSWER_ROOM * options.max_tokens_per_call
        if self.temperature:
            fields["temperature"] = options.temperature
        if options.stream:
            fields["stream"] = True
            if self.usage:
                fields["stream_options"] = {"include_usage": True}
        return fields

    def simpler(self, complaint: str, *, auto: bool) -> Dialect | None:
        """The dialect to try after a refusal that says ``complaint``; None where it speaks of something else.

        ``auto``: the form may be asked for less strictly. Each step leaves less to refuse, so a chain of them ends.
        """
        said = complaint.casefold()
        if too_long(said):
            return replace(self, limit="") if self.limit else None
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if self.limit and self.limit in said:
            return replace(self, limit="")
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.usage and ("stream_options" in said or "include_usage" in said):
            return replace(self, usage=False)
        if auto and self.format in _SIMPLER and _FORMAT.search(said):
            return replace(self, format=_SIMPLER[self.format])
        return None


def too_long(complaint: str) -> bool:
    """True where a refusal says that prompt and answer do not fit into the model's context."""
    return _CONTEXT.search(complaint.casefold()) is not None
