"""Why something could not be said, as one family.

::

    DeliveryError
    ├── DeliveryFailed     Telegram takes it in no form; what was sent of it is deleted again
    │   └── ChatGone       nothing can be sent to the chat any more: blocked, kicked, deleted
    └── TokenRejected      the bot itself is refused; what was planned stays planned
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.chats import Gone


class DeliveryError(RuntimeError):
    """Something was not said."""


class DeliveryFailed(DeliveryError):  # noqa: N818 - names the outcome, as the outbox does
    """The delivery has ended without being sent; ``reason`` is a short phrase without any user's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not delivered: {reason}")
        self.reason = reason


class ChatGone(DeliveryFailed):
    """Nothing can be sent to the chat any more. Its pending deliveries have ended."""

    reason: Gone


class TokenRejected(DeliveryError):  # noqa: N818 - names the outcome
    """Telegram does not know the bot's token. The process cannot go on; nothing that was planned is lost."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know the bot's token")
