r"""Prompts: the task from a file for the system message, the article as JSON for the user message; the two never mix.

Data → JSON in which no chat template finds its own marks: ``<|im_start|>`` and ``[INST]`` are tokens to some models wherever
they stand, so their brackets go as ``\u003c`` and ``\u005b``. To a model as to any reader of JSON they are the same characters.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Any, Final

from pipelines import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.chat.options import ChatOptions

_MARK: Final = re.compile(r"\[(/?[A-Z][A-Z_]*)\]")
"""``[INST]``, ``[/INST]``, ``[AVAILABLE_TOOLS]``: JSON itself never has a capital letter behind a bracket."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def prompt(name: str, **parts: str | int) -> str:
    """Prompt ``pipelines/data/chat/<name>.txt`` with its ``$parts`` filled in. Raises KeyError where one is missing."""
    return Template("\n".join(tables.lines(f"chat/{name}.txt"))).substitute(parts)


def data(value: Mapping[str, Any]) -> str:
    """``value`` as JSON for a user message: readable in every script, free of the marks of chat templates.

    Lone surrogates, which UTF-8 cannot carry, become U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False))
    return _MARK.sub(r"\\u005b\1\\u005d", text.replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def revision(options: ChatOptions, *names: str) -> str:
    """What outputs depend on, as 16 hexadecimal digits: server, model, sampling, batch size, and the prompts ``names``."""
    settings = (options.url, options.model, options.schema, options.temperature, options.max_tokens_per_call)
    texts = ["\n".join(tables.lines(f"chat/{name}.txt")) for name in names]
    return hashlib.sha256(json.dumps([settings, texts]).encode()).hexdigest()[:16]
