"""Refusals of the Bot API: code and description → the answer as JSON. A ``Violation`` is one the bot is to blame for."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""An object of the Bot API as it goes over the wire."""


class ApiError(Exception):
    """An answer that is not ok. ``retry_after`` is in seconds, ``migrate_to`` is the id of the supergroup."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def answer(self) -> Json:
        """The body that Telegram sends."""
        said: Json = {"ok": False, "error_code": self.code, "description": self.description}
        parameters = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to}
        if known := {name: value for name, value in parameters.items() if value is not None}:
            said["parameters"] = known
        return said


class Violation(ApiError):  # noqa: N818 - the field's word
    """A request that no correct bot sends: refused with 400 and kept in ``api.violations``."""

    def __init__(self, what: str) -> None:
        super().__init__(400, f"Bad Request: {what}")


def bad_request(what: str) -> ApiError:
    """400 for something that can befall a correct bot: the message is gone, nothing changed."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """403: the bot may not speak there any more."""
    return ApiError(403, f"Forbidden: {what}")


def flooded(seconds: int) -> ApiError:
    """429 with the wait in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED = (401, "Unauthorized")
NOT_FOUND = (404, "Not Found")
OTHER_POLLER = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = (
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
