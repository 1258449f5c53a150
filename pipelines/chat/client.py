"""Calls to a chat server that keep to their limits: a prompt → the model's text, or one ``BackendError`` with a plain sentence.

A call is: tokens held from the budget, a free slot among ``concurrency``, an attempt in the simplest dialect the server is known
to want, and again after a jittered wait while the failure may pass and the deadline has not. Neither the key nor what was sent
is ever in an error or a log.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipelines.chat import wire
from pipelines.chat.backoff import delay
from pipelines.chat.budget import TokenBudget, estimate
from pipelines.chat.dialect import Dialect
from pipelines.chat.failures import Failure, malformed, of_exception
from pipelines.chat.options import ChatOptions
from pipelines.chat.replies import Reply, read_models, read_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from openai import OpenAI

__all__ = ["ChatClient", "ChatOptions", "Prompt"]

log = logging.getLogger(__name__)

SHORTEST: Final = 0.1
"""Seconds that even the last try in another dialect is given."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question. ``system`` holds the task and none of the data, ``user`` the data as JSON; the answer is JSON too.

    ``schema`` is the answer's JSON schema in the strict subset (every property required, no other allowed), called ``name``.
    """

    system: str
    user: str = field(repr=False)
    name: str
    schema: Mapping[str, Any]

    @property
    def tokens(self) -> int:
        """Estimated tokens of what is sent."""
        return estimate(self.system) + estimate(self.user)


class ChatClient:
    """A chat server. Thread-safe; the library is imported and connections are made on first use.

    ``sleep`` and ``clock`` take and give seconds (the clock need only rise), ``draw`` is uniform in 0-1.
    """

    def __init__(
        self,
        options: ChatOptions,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.options = options
        self._sleep, self._clock, self._draw = sleep, clock, draw
        self._budget = TokenBudget(options.token_budget)
        self._slots = threading.BoundedSemaphore(options.concurrency)
        self._lock = threading.Lock()
        self._dialect = Dialect.first(options)
        self._client: OpenAI | None = None
        self._users = 0
        self._unwanted = False

    @property
    def tokens_spent(self) -> int:
        """Tokens of all calls so far, by the server's count or, where it gave none, by estimate."""
        return self._budget.spent

    def ask(self, prompt: Prompt) -> str:
        """What the model says to ``prompt``, whole and not empty.

        Raises BackendError: retryable where the same call may go through later, ``DivisibleError`` where less text would.
        """
        return self._call(lambda seconds: self._paid(prompt, seconds))

    def models(self) -> tuple[str, ...]:
        """Names of the models that the server offers. Raises BackendError."""
        return self._call(self._listed)

    def close(self) -> None:
        """Close the connections, once no call uses them any more. A later call opens new ones."""
        with self._lock:
            self._unwanted = True
            self._let_go()

    def _call(self, attempt: Callable[[float], _T | Failure]) -> _T:
        until = self._clock() + self.options.whole
        tries = 0
        while True:
            outcome = self._in_slot(attempt, until)
            if not isinstance(outcome, Failure):
                return outcome
            wait = delay(tries, self._draw(), outcome.wait)
            tries += 1
            if not outcome.again or tries > self.options.retries or self._clock() + wait >= until:
                raise outcome.error()
            log.info("Chat server %s: attempt %d failed, next in %.1f s", self.options.host, tries, wait)
            self._sleep(wait)

    def _in_slot(self, attempt: Callable[[float], _T | Failure], until: float) -> _T | Failure:
        if not self._slots.acquire(timeout=max(0.0, until - self._clock())):
            sentence = f"All {self.options.concurrency} calls to the chat server at {self.options.host} were busy for too long."
            return Failure(sentence=sentence, later=True)
        try:
            seconds = min(self.options.timeout, until - self._clock())
            if seconds <= 0:
                return Failure(sentence=f"The time for the chat server at {self.options.host} is over.", later=True)
            return attempt(seconds)
        finally:
            self._slots.release()

    def _paid(self, prompt: Prompt, seconds: float) -> str | Failure:
        held = prompt.tokens
        self._budget.hold(held)
        spent = 0
        try:
            reply = self._understood(prompt, seconds)
            if isinstance(reply, Failure):
                spent = held if reply.sent else 0
                return reply
            spent = reply.tokens or held + estimate(reply.text)
        finally:
            self._budget.settle(held, spent)
        return self._judged(reply)

    def _understood(self, prompt: Prompt, seconds: float) -> Reply | Failure:
        """The reply in the richest dialect that the server takes; what it refuses is not sent again by this client."""
        until = self._clock() + seconds
        while True:
            dialect = self._dialect
            reply = self._sent(prompt, dialect, max(SHORTEST, until - self._clock()))
            if not isinstance(reply, Failure) or not reply.refused:
                return reply
            with self._lock:
                if self._dialect == dialect:
                    simpler = dialect.simpler(reply.complaint, auto=self.options.schema == "auto")
                    if simpler is None:
                        return reply
                    self._dialect = simpler
                    log.info("Chat server %s: now asked with %s", self.options.host, simpler)

    def _sent(self, prompt: Prompt, dialect: Dialect, seconds: float) -> Reply | Failure:
        messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        body = {
            "model": self.options.model,
            "messages": messages,
            **dialect.fields(self.options, prompt.name, prompt.schema),
        }
        parts = self._guarded(lambda client: wire.post(client, body, seconds))
        if isinstance(parts, Failure):
            return parts
        reply = read_reply(parts, streamed=self.options.stream)
        return malformed(self.options) if reply is None else reply

    def _listed(self, seconds: float) -> tuple[str, ...] | Failure:
        answer = self._guarded(lambda client: wire.get_models(client, seconds))
        if isinstance(answer, Failure):
            return replace(answer, sent=False)
        names = read_models(answer)
        return malformed(self.options) if names is None else names

    def _guarded(self, use: Callable[[OpenAI], _T]) -> _T | Failure:
        """What ``use`` answers. Exceptions become failures here, so that none with a prompt inside is chained to an error."""
        try:
            with self._opened() as client:
                return use(client)
        except wire.NotJsonError:
            sentence = f"{self.options.host} answered with a page, not as a chat server; its address often ends in /v1."
            return Failure(sentence=sentence)
        except Exception as error:
            failure = of_exception(error, self.options)
            if failure is None:
                raise
            return failure

    def _judged(self, reply: Reply) -> str | Failure:
        at = f"The model at {self.options.host}"
        if reply.refused:
            return Failure(sentence=f"{at} or its filter refused this text.", divisible=True)
        if reply.finish == "length":
            return Failure(sentence=f"{at} was cut off by its length limit.", later=True, divisible=True)
        if not reply.text.strip():
            return Failure(sentence=f"{at} answered without any text.", again=True, later=True)
        return reply.text

    @contextmanager
    def _opened(self) -> Iterator[OpenAI]:
        with self._lock:
            if self._client is None:
                self._client = wire.open_client(self.options, self._clock)
            client = self._client
            self._users += 1
            self._unwanted = False
        try:
            yield client
        finally:
            with self._lock:
                self._users -= 1
                self._let_go()

    def _let_go(self) -> None:
        if self._unwanted and self._users == 0 and self._client is not None:
            self._client.close()
            self._client = None
