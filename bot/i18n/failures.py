"""What went wrong with a source, said to the person who sent it.

An error of ``pipelines.errors`` → one or two sentences in the reader's language: what happened and what to try. The error's own
message is English and written for the command line; it is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n.catalogue import say
from pipelines.errors import HttpStatusError, ModelError, TooShortError

if TYPE_CHECKING:
    from pipelines.errors import KhabarError
    from pipelines.languages import Language

_KEYS: Final = {
    "bad_url": "error-bad-url",
    "forbidden_address": "error-forbidden-address",
    "fetch_failed": "error-unreachable",
    "unreachable": "error-unreachable",
    "too_large": "error-too-large",
    "too_many_redirects": "error-too-many-redirects",
    "unreadable": "error-unreadable",
    "unsupported_type": "error-unsupported-type",
    "not_a_feed": "error-not-a-feed",
    "no_article": "error-no-article",
    "login_wall": "error-login-wall",
    "no_digest": "error-no-article",
    "unknown_language": "error-unknown-language",
}
"""Key by the error's code. Models and back-ends share one: a reader cannot mend them. Whatever else is a fault of our own."""


def explain(language: Language, error: KhabarError, *, host: str) -> str:
    """The error in the reader's words. ``host`` is the site that was asked; only errors of the network name it."""
    if isinstance(error, TooShortError):
        return say(language, "error-too-short", words=error.words, needed=error.needed)
    if isinstance(error, HttpStatusError):
        return say(language, "error-http-status", status=error.status, host=host)
    if isinstance(error, ModelError):
        return say(language, "error-backend-failed")
    return say(language, _KEYS.get(error.code, "error-internal"), host=host)
