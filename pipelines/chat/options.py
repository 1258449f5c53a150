"""What an operator decides about a chat server, as one frozen value that never prints its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

SchemaMode = Literal["auto", "strict", "object", "none"]

NO_KEY: Final = "not-needed"
"""Local servers ask for no key, but the client library refuses to start without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOptions:
    """An OpenAI-compatible server and the limits of its use. Raises ValueError with a sentence on what can not be meant."""

    url: str
    """Base address, ``https://host/v1``, without a user or password in it."""
    model: str
    key: str = field(default="", repr=False)
    schema: SchemaMode = "auto"
    """How the answer's form is asked for: ``strict`` JSON schema, any JSON ``object``, in words only (``none``), or ``auto``:
    the strictest that the server takes."""
    timeout: float = 60.0
    """Seconds for one attempt."""
    deadline: float | None = None
    """Seconds for a whole call with its retries and waits; None: twice ``timeout``."""
    retries: int = 3
    """Attempts after the first, for failures that may pass."""
    max_tokens_per_call: int = 1500
    """Estimated tokens of article text in one call; the answer may have ``ANSWER_ROOM`` times as many."""
    token_budget: int | None = None
    """Tokens, prompts included, that the client may spend in its life; None: no limit."""
    concurrency: int = 4
    """Calls at once."""
    temperature: float = 0.0
    stream: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(
            self.url
        )  # raises ValueError itself for brackets out of place, and below for a port that is none
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("the chat server's address must look like https://host/v1")
        if parts.username is not None or parts.password is not None:
            raise ValueError("the chat server's address must hold no user or password; give the key apart")
        if not self.model.strip():
            raise ValueError("the chat model's name is empty")
        if not (self.key.isascii() and self.key.isprintable()):
            raise ValueError("the chat server's key holds characters that no HTTP header can carry")
        positive = (self.timeout, self.max_tokens_per_call, self.concurrency, self.whole)
        if min(positive) <= 0 or self.retries < 0 or self.temperature < 0:
            raise ValueError("time-outs, tokens and calls of the chat server must be above zero, retries not below it")
        if self.token_budget is not None and self.token_budget < 1:
            raise ValueError("the token budget of the chat server must be at least one token")

    @property
    def whole(self) -> float:
        """Seconds for a whole call."""
        return 2 * self.timeout if self.deadline is None else self.deadline

    @property
    def host(self) -> str:
        """``host:port`` for messages: nothing else of the address."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def local(self) -> bool:
        """True for loopback addresses."""
        name = urlsplit(self.url).hostname or ""
        return name in ("localhost", "::1") or name.startswith("127.")
