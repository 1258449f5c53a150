"""Settings from the environment, once, as one frozen value; ``.env.example`` lists every key and nothing else.

Only the composition root and the command line read them; stages take what they need as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

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

    models_dir: Path = Path("models")
    """Folder of installed models (``KHABAR_MODELS_DIR``); by default ``khabar/models`` in the user's data folder."""
    models_endpoint: str = ""
    """Address of the model hub or of a mirror that speaks its protocol (``KHABAR_MODELS_ENDPOINT``)."""
    models_records: str = ""
    """Address of Mozilla's records or of a mirror (``KHABAR_MODELS_RECORDS``)."""
    models_token: str = field(default="", repr=False)
    """Token for gated models, sent to the endpoint only (``KHABAR_MODELS_TOKEN``)."""
    models_proxy: str = field(default="", repr=False)
    """Proxy for pulling models (``KHABAR_MODELS_PROXY``); it may hold a password."""
    offline: bool = False
    """True: no model is ever pulled (``KHABAR_OFFLINE``)."""
    translators: tuple[str, ...] = ()
    """Back-ends in the operator's order (``KHABAR_TRANSLATORS``); empty: the best installed one for each pair."""
    summariser: str = "centroid"
    """``centroid`` (the article's own sentences), ``mt5`` or ``chat`` (``KHABAR_SUMMARISER``)."""
    threads: int = 0
    """Threads of a translation model; 0 takes one a core (``KHABAR_THREADS``)."""
    cache: Path | None = None
    """SQLite file of translations already made; None keeps none (``KHABAR_CACHE``)."""
    chat_url: str = ""
    """Base address of an OpenAI-compatible server, ``https://host/v1``; empty: none (``KHABAR_CHAT_URL``)."""
    chat_model: str = ""
    """The model's name on that server (``KHABAR_CHAT_MODEL``)."""
    chat_key: str = field(default="", repr=False)
    """Its key (``KHABAR_CHAT_KEY``); local servers need none."""
    chat_seconds: float = 60.0
    """Time for one call, 1-600 (``KHABAR_CHAT_SECONDS``)."""
    chat_calls: int = 4
    """Calls at once, 1-64 (``KHABAR_CHAT_CALLS``)."""
    chat_tokens: int = 0
    """Tokens that one process may spend, prompts included; 0: no limit (``KHABAR_CHAT_TOKENS``)."""


KEYS: Final = (
    "TO", "LENGTH", "FETCH_SECONDS", "FETCH_MEGABYTES", "BIDI",
    "MODELS_DIR", "MODELS_ENDPOINT", "MODELS_RECORDS", "MODELS_TOKEN", "MODELS_PROXY", "OFFLINE",
    "TRANSLATORS", "SUMMARISER", "THREADS", "CACHE",
    "CHAT_URL", "CHAT_MODEL", "CHAT_KEY", "CHAT_SECONDS", "CHAT_CALLS", "CHAT_TOKENS",
)  # fmt: skip
SUMMARISERS: Final = ("centroid", "mt5", "chat")


def load(environment: Mapping[str, str]) -> Settings:
    """Settings from ``environment``. Raises ``SettingsError`` for the first variable that makes no sense."""
    values = {key: environment.get(PREFIX + key, "").strip() for key in KEYS}
    default = Settings()
    return Settings(
        reader_languages=languages(values["TO"], PREFIX + "TO"),
        length=choice(values["LENGTH"] or default.length, ("short", "medium", "long"), PREFIX + "LENGTH"),
        fetch_seconds=number(values["FETCH_SECONDS"], default.fetch_seconds, 1, 60, PREFIX + "FETCH_SECONDS"),
        fetch_megabytes=number(values["FETCH_MEGABYTES"], default.fetch_megabytes, 1, 50, PREFIX + "FETCH_MEGABYTES"),
        bidi=choice(values["BIDI"] or default.bidi, ("auto", "terminal", "visual"), PREFIX + "BIDI"),
        models_dir=Path(values["MODELS_DIR"]).expanduser()
        if values["MODELS_DIR"]
        else user_folder(environment, "data") / "models",
        # the hub's own variables hold where ours say nothing: a mirror is mostly set for every tool of a machine
        models_endpoint=address(values["MODELS_ENDPOINT"], PREFIX + "MODELS_ENDPOINT")
        or address(environment.get("HF_ENDPOINT", "").strip(), "HF_ENDPOINT"),
        models_records=address(values["MODELS_RECORDS"], PREFIX + "MODELS_RECORDS"),
        models_token=values["MODELS_TOKEN"] or environment.get("HF_TOKEN", "").strip(),
        models_proxy=values["MODELS_PROXY"],
        offline=_switch(values["OFFLINE"], PREFIX + "OFFLINE"),
        translators=tuple(name for name in values["TRANSLATORS"].replace(" ", ",").split(",") if name),
        summariser=choice(values["SUMMARISER"] or default.summariser, SUMMARISERS, PREFIX + "SUMMARISER"),
        threads=int(number(values["THREADS"], default.threads, 0, 256, PREFIX + "THREADS")),
        cache=_cache(values["CACHE"], environment),
        chat_url=address(values["CHAT_URL"], PREFIX + "CHAT_URL"),
        chat_model=_together(values, "CHAT_MODEL", "CHAT_URL"),
        chat_key=values["CHAT_KEY"],
        chat_seconds=number(values["CHAT_SECONDS"], default.chat_seconds, 1, 600, PREFIX + "CHAT_SECONDS"),
        chat_calls=int(number(values["CHAT_CALLS"], default.chat_calls, 1, 64, PREFIX + "CHAT_CALLS")),
        chat_tokens=int(number(values["CHAT_TOKENS"], default.chat_tokens, 0, 1e12, PREFIX + "CHAT_TOKENS")),
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


def user_folder(environment: Mapping[str, str], kind: Literal["data", "cache"]) -> Path:
    """Khabar's folder in the user's data or cache folder (XDG base directories; LOCALAPPDATA on Windows)."""
    home = environment.get("HOME") or environment.get("USERPROFILE") or "."
    base = environment.get(f"XDG_{kind.upper()}_HOME") or environment.get("LOCALAPPDATA")
    return Path(base or Path(home) / {"data": ".local/share", "cache": ".cache"}[kind]) / "khabar"


def _cache(value: str, environment: Mapping[str, str]) -> Path | None:
    if value.lower() == "off":
        return None
    return Path(value).expanduser() if value else user_folder(environment, "cache") / "translations.sqlite"


def _together(values: Mapping[str, str], key: str, other: str) -> str:
    """A value that makes sense only beside another one: a server without a model's name cannot be asked."""
    if bool(values[key]) != bool(values[other]):
        present, absent = (key, other) if values[key] else (other, key)
        raise SettingsError(f"{PREFIX}{present} is set, {PREFIX}{absent} is not; a chat server needs both.")
    return values[key]


def address(value: str, name: str) -> str:
    """An http or https address without its last slash, or "". ``name`` is what the error blames."""
    if value and not value.startswith(("https://", "http://")):
        raise SettingsError(f"{name}: “{value}” is no address; it must begin with https:// or http://.")
    return value.rstrip("/")


def _switch(value: str, name: str) -> bool:
    if value.lower() not in {"", "0", "1", "no", "yes", "false", "true", "off", "on"}:
        raise SettingsError(f"{name}: “{value}” is neither 1 nor 0.")
    return value.lower() in {"1", "yes", "true", "on"}


def choice(value: str, choices: tuple[str, ...], name: str) -> str:
    """``value`` if it is one of ``choices``. Raises ``SettingsError``."""
    if value not in choices:
        raise SettingsError(f"{name}: “{value}” is none of {', '.join(choices)}.")
    return value


def number(value: str, default: float, low: float, high: float, name: str) -> float:
    """A number from ``low`` to ``high``, ``default`` where none is given. Raises ``SettingsError``."""
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise SettingsError(f"{name}: “{value}” is no number from {low:g} to {high:g}.")
    return number
