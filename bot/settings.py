"""Settings from the environment, once, as one frozen value; ``.env.example`` lists every key and nothing else.

Only the composition root and the command line read them; stages take what they need as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.languages import READER, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "KHABAR_"


class SettingsError(ValueError):
    """A variable holds what it cannot mean. ``str()`` names the variable and says what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. Nothing here widens what addresses may be fetched: that policy is code."""

    reader_languages: tuple[Language, ...] = ()
    """Languages a digest is also given in when the caller names none (``KHABAR_TO``)."""
    length: str = "medium"
    """short, medium or long (``KHABAR_LENGTH``)."""
    fetch_seconds: float = 15.0
    """Deadline of one download, redirects included, 1-60 (``KHABAR_FETCH_SECONDS``)."""
    fetch_megabytes: float = 10.0
    """Largest page, unpacked, 1-50 (``KHABAR_FETCH_MEGABYTES``)."""
    bidi: str = "auto"
    """auto, terminal (it lays out right-to-left text itself) or visual (Khabar does) (``KHABAR_BIDI``)."""


KEYS: Final = ("TO", "LENGTH", "FETCH_SECONDS", "FETCH_MEGABYTES", "BIDI")


def load(environment: Mapping[str, str]) -> Settings:
    """Settings from ``environment``. Raises ``SettingsError`` for the first variable that makes no sense."""
    values = {key: environment.get(PREFIX + key, "").strip() for key in KEYS}
    default = Settings()
    return Settings(
        reader_languages=languages(values["TO"], PREFIX + "TO"),
        length=_choice(values["LENGTH"] or default.length, ("short", "medium", "long"), PREFIX + "LENGTH"),
        fetch_seconds=_number(values["FETCH_SECONDS"], default.fetch_seconds, 1, 60, PREFIX + "FETCH_SECONDS"),
        fetch_megabytes=_number(values["FETCH_MEGABYTES"], default.fetch_megabytes, 1, 50, PREFIX + "FETCH_MEGABYTES"),
        bidi=_choice(values["BIDI"] or default.bidi, ("auto", "terminal", "visual"), PREFIX + "BIDI"),
    )


def languages(codes: str, name: str) -> tuple[Language, ...]:
    """Reader languages from ``prs,ps,ru``, each once, in order. ``name`` is what the error blames."""
    found: list[Language] = []
    for code in codes.replace(" ", ",").split(","):
        if not code:
            continue
        if code not in READER:
            raise SettingsError(f"{name}: “{code}” is no language of the reader; choose from {', '.join(READER)}.")
        found.append(Language(code))
    return tuple(dict.fromkeys(found))


def _choice(value: str, choices: tuple[str, ...], name: str) -> str:
    if value not in choices:
        raise SettingsError(f"{name}: “{value}” is none of {', '.join(choices)}.")
    return value


def _number(value: str, default: float, low: float, high: float, name: str) -> float:
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise SettingsError(f"{name}: “{value}” is no number from {low:g} to {high:g}.")
    return number
