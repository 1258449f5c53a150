"""Everything the bot says: once, in order, within Telegram's limits. Parts as plain values → messages in a chat.

``Delivery`` is the door. Below it: ``runner`` completes one delivery of the outbox, ``remedies`` mends what Telegram refused,
``caller`` makes one call in its turn, ``pacing`` decides whose turn it is, ``outcome`` says what an error means. The window in
which a message can arrive twice is described in ``docs/records/delivery.md``.
"""

from __future__ import annotations

from bot.delivery.errors import ChatGone, DeliveryError, DeliveryFailed, TokenRejected
from bot.delivery.limits import Limits, Priority
from bot.delivery.outcome import Kind, Outcome, classify
from bot.delivery.parts import rich_parts, text_parts
from bot.delivery.progress import Progress
from bot.delivery.service import Delivery, Resumed, Sent
from bot.storage.outbox import PlannedPart

__all__ = [
    "ChatGone", "Delivery", "DeliveryError", "DeliveryFailed", "Kind", "Limits", "Outcome", "PlannedPart", "Priority",
    "Progress", "Resumed", "Sent", "TokenRejected", "classify", "rich_parts", "text_parts",
]  # fmt: skip
