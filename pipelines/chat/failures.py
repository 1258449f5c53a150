"""What can go wrong in one attempt, as a value: the library's exception → a sentence, and whether to try again.

The server's own words never reach the sentence: they echo keys and prompts ("Incorrect API key provided: sk-…"). They are kept
in ``complaint`` for ``dialect`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pipelines.chat.backoff import retry_after
from pipelines.chat.dialect import too_long
from pipelines.errors import BackendError

if TYPE_CHECKING:
    from openai import APIStatusError

    from pipelines.chat.options import ChatOptions

PASSING: Final = frozenset({408, 409, 425, 429})
"""Statuses below 500 that may pass. 409 is a lock at the provider, 425 a request that came too early."""
REFUSED: Final = frozenset({400, 422})


class DivisibleError(BackendError):
    """Less text in a call may go through: it or its answer does not fit, or one sentence of it was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One attempt failed. ``again``: the same call may be tried at once; ``later``: at another time (``retryable``)."""

    sentence: str
    again: bool = False
    later: bool = False
    wait: float | None = None
    """Seconds that the server asks to wait."""
    sent: bool = False
    """True where the server may have worked, and charged, for nothing."""
    divisible: bool = False
    """Less text may go through."""
    refused: bool = False
    """The request's form was refused (400, 422); ``complaint`` may say what of it."""
    complaint: str = field(default="", repr=False)

    def error(self) -> BackendError:
        """The failure as it is raised."""
        kind = DivisibleError if self.divisible else BackendError
        return kind(self.sentence, retryable=self.later)


def of_exception(error: Exception, options: ChatOptions) -> Failure | None:
    """``error`` of the client library, or of reading JSON, as a failure; None where it is neither: a fault of our own."""
    import httpx2  # noqa: PLC0415 - heavy
    import openai  # noqa: PLC0415 - heavy

    at = f"The chat server at {options.host}"
    # httpx2's own come through where the library reads a body late: of an error status, or of a server that does not stream
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException)):
        return Failure(
            sentence=f"{at} did not answer within {options.timeout:g} seconds.", again=True, later=True, sent=True
        )
    if isinstance(error, (openai.APIConnectionError, httpx2.TransportError, httpx2.DecodingError)):
        return Failure(
            sentence=f"{at} could not be reached or broke off its answer; check its address and that it runs.",
            again=True,
            later=True,
            sent=True,
        )
    unnameable = isinstance(error, UnicodeError) and not isinstance(error, UnicodeDecodeError)  # of the host, by IDNA
    if unnameable or isinstance(error, httpx2.InvalidURL):
        return Failure(sentence="The address of the chat server is not one that can be asked; check its spelling.")
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, at, options)
    if isinstance(error, openai.APIError):
        return Failure(sentence=f"{at} reported an error inside its answer.", again=True, later=True, sent=True)
    if isinstance(error, (ValueError, RecursionError)):  # JSON that is cut, malformed or too deep
        return malformed(options)
    return None


def malformed(options: ChatOptions) -> Failure:
    """The body is not the protocol's JSON."""
    return Failure(
        sentence=f"The chat server at {options.host} sent a malformed answer.", again=True, later=True, sent=True
    )


def _of_status(error: APIStatusError, at: str, options: ChatOptions) -> Failure:
    status = int(error.status_code)
    complaint = f"{error.message} {error.code or ''} {error.param or ''}"
    wait = retry_after(error.response.headers)
    if status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        if "insufficient_quota" in complaint:
            return Failure(sentence=f"The account at {options.host} has no credit left ({status}).")
        what = "is asked too much at the moment" if status == HTTPStatus.TOO_MANY_REQUESTS else "failed"
        return Failure(sentence=f"{at} {what} ({status}).", again=True, later=True, wait=wait)
    if status == HTTPStatus.UNAUTHORIZED:
        return Failure(sentence=f"{at} does not accept the key (401).")
    if status == HTTPStatus.FORBIDDEN:
        return Failure(sentence=f"{at} does not allow this key to use the model (403).")
    if status == HTTPStatus.NOT_FOUND:
        return Failure(
            sentence=f"{at} knows no model {options.model!r}, or its address should end in another path (404)."
        )
    if status < HTTPStatus.BAD_REQUEST:
        return Failure(sentence=f"{at} redirects elsewhere ({status}); give the address that it redirects to.")
    if status in REFUSED and too_long(complaint):
        sentence = f"The text does not fit into the context of the model at {options.host}."
        return Failure(sentence=sentence, divisible=True, refused=True, complaint=complaint)
    return Failure(sentence=f"{at} refused the request ({status}).", refused=status in REFUSED, complaint=complaint)
