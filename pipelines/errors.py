"""What can go wrong with one source, as one family.

::

    KhabarError                     anything below; `code` is stable, the message is one line for a person
    ├── FetchError                  the source could not be had
    │   ├── InvalidUrlError         bad_url           not an http(s) address
    │   ├── ForbiddenAddressError   forbidden_address  resolves to a private, loopback or reserved address
    │   ├── UnreachableError        unreachable       DNS, connection, TLS or time-out
    │   ├── HttpStatusError         http_status       the server refused: 4xx, 5xx (`status`, `retry_after`)
    │   ├── TooLargeError           too_large         over the byte limit, packed or unpacked
    │   └── RedirectError           too_many_redirects
    ├── ReadError                   unreadable        a file that cannot be opened or parsed
    │   ├── UnsupportedTypeError    unsupported_type  an image, a video, a program …
    │   └── NotAFeedError           not_a_feed        a page or file that lists no news
    ├── ExtractError                no_article        nothing that looks like an article
    │   └── LoginWallError          login_wall        the page asks to sign in, to pay or to prove humanity
    ├── NoDigestError               no_digest         the text was had (`extracted`), but no digest can be made of it
    │   ├── TooShortError           too_short         too few words for a digest (`words`, `needed`)
    │   └── UnknownLanguageError    unknown_language  a language that Khabar does not read
    ├── ModelError                  a model or translation back-end could not do its work
    │   ├── UnknownModelError       unknown_model     no such name in the catalogue
    │   ├── ModelMissingError       model_missing     not installed (`command` brings it), or an extra is not
    │   ├── ModelDamagedError       model_damaged     a file is absent, cut or not the one pinned
    │   ├── LicenceError            licence           its licence was not accepted
    │   ├── HubError                hub_unreachable   no connection, time-out, server error; or offline by setting
    │   │   └── HubRefusedError     hub_refused       401, 403, 404, gated (`status`)
    │   ├── DiskFullError           disk_full         not enough room (`needed`, `free` bytes)
    │   └── BackendError            backend_failed    a translator or chat server failed on this text (`retryable`)
    └── InternalError               internal          a fault of Khabar's own; the log has the trace
"""

from __future__ import annotations

from typing import Any, ClassVar


class KhabarError(Exception):
    """One source failed. ``str()`` is a full sentence that says what happened and what to do."""

    code: ClassVar[str] = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole across processes: a subclass's own arguments are in its ``__dict__``, not in ``args``."""
        return _again, (type(self), self.args, self.__dict__.copy())


def _again(kind: type[KhabarError], args: tuple[Any, ...], state: dict[str, Any]) -> KhabarError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class FetchError(KhabarError):
    """The source could not be had over the network."""

    code = "fetch_failed"


class InvalidUrlError(FetchError):
    """The text is not an http or https address."""

    code = "bad_url"


class ForbiddenAddressError(FetchError):
    """The host is, or resolves to, an address that must not be reached from a server."""

    code = "forbidden_address"


class UnreachableError(FetchError):
    """DNS, connection, TLS or time-out."""

    code = "unreachable"


class HttpStatusError(FetchError):
    """The server answered with an error status."""

    code = "http_status"

    def __init__(self, message: str, *, status: int, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        """Seconds to wait before asking again, where the server said so."""


class TooLargeError(FetchError):
    """More bytes than the limit, packed or unpacked."""

    code = "too_large"


class RedirectError(FetchError):
    """Too many redirects, or a redirect without a target."""

    code = "too_many_redirects"


class ReadError(KhabarError):
    """A file or body that cannot be opened, decoded or parsed."""

    code = "unreadable"


class UnsupportedTypeError(ReadError):
    """A kind of content that holds no article text: an image, a video, a program."""

    code = "unsupported_type"


class NotAFeedError(ReadError):
    """Neither RSS nor Atom nor JSON Feed, nor the preview of a public channel."""

    code = "not_a_feed"


class ExtractError(KhabarError):
    """Nothing on the page looks like an article."""

    code = "no_article"


class LoginWallError(ExtractError):
    """The page asks to sign in, to pay, to accept or to prove that one is human, and shows no article."""

    code = "login_wall"


class NoDigestError(KhabarError):
    """The article's text was had, but no digest can be made of it."""

    code = "no_digest"

    extracted: Any = None
    """The ``ExtractedArticle``, so that the text is not lost with the digest."""
    language: str = "und"
    """Its language's code, where it is one that Khabar reads."""


class TooShortError(NoDigestError):
    """Too few words for a digest."""

    code = "too_short"

    def __init__(self, message: str, *, words: int, needed: int) -> None:
        super().__init__(message)
        self.words = words
        self.needed = needed


class UnknownLanguageError(NoDigestError):
    """The text is in a language that Khabar does not read."""

    code = "unknown_language"


class ModelError(KhabarError):
    """A model or a translation back-end could not do its work."""

    code = "model_failed"


class UnknownModelError(ModelError):
    """The catalogue has no model of that name."""

    code = "unknown_model"


class ModelMissingError(ModelError):
    """The model is not installed, or a package that it needs is not."""

    code = "model_missing"

    def __init__(self, message: str, *, command: str = "") -> None:
        super().__init__(message)
        self.command = command
        """What brings it, as a person would type it; empty where no command does."""


class ModelDamagedError(ModelError):
    """A file of the model is absent, cut short or not the one that is pinned."""

    code = "model_damaged"


class LicenceError(ModelError):
    """The model's licence was not accepted."""

    code = "licence"


class HubError(ModelError):
    """A server of models could not be reached, was too slow or failed; or the offline switch is on."""

    code = "hub_unreachable"


class HubRefusedError(HubError):
    """The server of models refused: not found, gated, no rights."""

    code = "hub_refused"

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class DiskFullError(ModelError):
    """Not enough room for a model. ``needed`` and ``free`` are bytes."""

    code = "disk_full"

    def __init__(self, message: str, *, needed: int, free: int) -> None:
        super().__init__(message)
        self.needed = needed
        self.free = free


class BackendError(ModelError):
    """A back-end failed on a text. ``retryable`` is True where the same call may go through later."""

    code = "backend_failed"

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class InternalError(KhabarError):
    """A fault of Khabar's own on this source. The others are still done; the log has the trace."""

    code = "internal"

    @classmethod
    def of(cls, error: Exception) -> InternalError:
        """``error`` as a bug, said in one line. The caller logs its trace."""
        message = f"Khabar failed on this source ({type(error).__name__}: {error}). This is a bug; please report it."
        return cls(" ".join(message.split()))
