"""Catalogues of messages, and how one of them is said.

Language, key and arguments → text. Catalogues are read on first use and kept. What is filled in stands between FSI and PDI, so
that a Latin name inside Dari text moves nothing else. A fault (no such key, an argument missing) never silences the bot: it says
the English message and logs an error; under ``raising``, which tests use, it raises.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.i18n.arguments import persian_number, shown
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from fluent.runtime import FluentBundle

Argument: TypeAlias = "str | int | float | Language | Sequence[Language]"
"""A number is written in the reader's digits; a language comes as its name, several as a list, none as a dash."""

SPOKEN: Final = (Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO)
"""Languages that have a catalogue."""
_LAST_WORD: Final = "error-internal"
_log: Final = logging.getLogger(__name__)


class SpeechError(Exception):
    """A message could not be said as its catalogue has it: no such key, or an argument is missing or of the wrong kind."""


class _Mode:
    """Whether faults raise, for the whole process: what a test starts may run in other threads and contexts."""

    raises = False


_mode: Final = _Mode()


@dataclass(frozen=True, slots=True)
class Speech:
    """The bot's words in one reader's language."""

    language: Language

    def say(self, key: str, /, **arguments: Argument) -> str:
        """The message of ``key``; see ``say``."""
        return say(self.language, key, **arguments)


def say(language: Language, key: str, /, **arguments: Argument) -> str:
    """The message of ``key``, never empty. Arguments that it does not use are ignored.

    Raises ``SpeechError`` under ``raising``; else a fault is logged and the message said in English, or with the argument's name
    in the place of a missing argument, or as ``error-internal`` where there is no such message at all.
    """
    text, faults = _format(spoken(language), key, arguments)
    if not faults:
        return text
    if _mode.raises:
        raise SpeechError(f"{key} in {spoken(language)}: {'; '.join(faults)}")
    # names of keys and arguments only: what a person wrote has no place in a log
    _log.error("the message %s could not be said in %s: %s", key, spoken(language), "; ".join(faults))
    english, english_faults = _format(Language.ENGLISH, key, arguments)
    if english and (not english_faults or not text):
        return english
    return text or _format(Language.ENGLISH, _LAST_WORD, {})[0]


def spoken(language: Language) -> Language:
    """The catalogue that readers of ``language`` are answered from: Dari for Persian, English where there is none."""
    if language.persian:
        return Language.DARI
    return language if language in SPOKEN else Language.ENGLISH


def preload() -> None:
    """Read every catalogue now (0.4 s), so that the first people to be answered need not wait for it."""
    for language in SPOKEN:
        _bundle(language)


@contextmanager
def raising() -> Generator[None]:
    """While it lasts, faults raise ``SpeechError`` in the whole process. For tests."""
    before, _mode.raises = _mode.raises, True
    try:
        yield
    finally:
        _mode.raises = before


def _format(language: Language, key: str, arguments: Mapping[str, Argument]) -> tuple[str, list[str]]:
    """Text, empty where there is none, and what was wrong with it."""
    bundle = _bundle(language)
    if not bundle.has_message(key):
        return "", ["there is no such message"]
    pattern = bundle.get_message(key).value
    if pattern is None:
        return "", ["the message has no text"]
    text, errors = bundle.format_pattern(
        pattern, {name: _argument(value, language) for name, value in arguments.items()}
    )
    return str(text), [str(error) for error in errors]


def _argument(value: Argument, language: Language) -> Any:
    if isinstance(value, Language):
        return _name(value, language)
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple | list):
        return _listed([_name(one, language) for one in value], language)
    return value


def _name(named: Language, language: Language) -> str:
    """The name of ``named`` as it stands inside a sentence of ``language``."""
    bundle = _bundle(language)
    message = bundle.get_message(f"lang-{named.value}")
    pattern = message.attributes.get("inline") or message.value
    return str(bundle.format_pattern(pattern)[0]) if pattern else named.names.native


def _listed(names: Sequence[str], language: Language) -> str:
    # CLDR's lists for Persian and Pashto have a comma before "and", and Persian ones a direction mark after each
    text, *others = names or ["—"]
    for at, name in enumerate(others, start=1):
        key = "list-and" if at == len(others) else "list-comma"
        text, _ = _format(language, key, {"first": text, "last": name})
    return text


@cache
def _bundle(language: Language) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415

    locale = language.names.cldr
    functions: dict[str, Callable[..., Any]] | None = (
        {"NUMBER": persian_number(locale)} if language.arabic_script else None
    )
    bundle = FluentBundle([locale], functions=functions, use_isolating=True)
    for name in ("terms", language.value):
        bundle.add_resource(FluentResource(_source(name)))
    return bundle


def _source(name: str) -> str:
    return resources.files("bot.i18n").joinpath(f"{name}.ftl").read_text(encoding="utf-8")
