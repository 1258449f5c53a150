"""A chat server on loopback that speaks the OpenAI protocol over real sockets, and misbehaves when told to.

``with ChatServer(answer=fn) as server`` → ``server.url`` for the client, ``server.asked`` for what came in. ``answer`` makes the
model's text from the messages; ``translating`` and ``summarising`` make such functions for Khabar's prompts. ``server.fault(…)``
queues misbehaviour for the requests that come next, one each. Nothing waits for longer than the test: ``Stall`` is released
when the server closes.

    with ChatServer(answer=translating(lambda text, source, target: f"<{target}> {text}")) as server:
        server.fault(Status(429, headers={"Retry-After": "2"}), BrokenOff())
        ...
        assert server.asked[0].data["sentences"] == [{"id": 1, "text": "..."}]
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Self

from tests.unit.chat.faults import OBJECT, STRICT, Asked, BrokenOff, Fault, Finish, Raw, Stall, Status
from tests.unit.chat.protocol import Handler, Server

__all__ = [
    "OBJECT", "STRICT", "Answer", "Asked", "BrokenOff", "ChatServer", "Fault", "Finish", "Messages", "Raw", "Stall", "Status",
    "summarising", "translating",
]  # fmt: skip

Messages = Sequence[Mapping[str, str]]
"""The request's messages: ``role`` and ``content``."""
Answer = Callable[[Messages], str]


def translating(translate: Callable[[str, str, str], str]) -> Answer:
    """A model that translates well: text, source and target (English names, as in the prompt) → translation."""

    def answer(messages: Messages) -> str:
        data = json.loads(messages[-1]["content"])
        said = [{"id": s["id"], "text": translate(s["text"], data["from"], data["to"])} for s in data["sentences"]]
        return json.dumps({"translations": said}, ensure_ascii=False)

    return answer


def summarising(summarise: Callable[[Sequence[str]], Sequence[tuple[str, Sequence[int]]]]) -> Answer:
    """A model that summarises: sentences → (text, ids from 1) of each sentence of the summary."""

    def answer(messages: Messages) -> str:
        sentences = [sentence["text"] for sentence in json.loads(messages[-1]["content"])["sentences"]]
        said = [{"text": text, "sources": list(ids)} for text, ids in summarise(sentences)]
        return json.dumps({"summary": said}, ensure_ascii=False)

    return answer


class ChatServer:
    """The server; a context manager. ``formats`` are the response formats that it takes, others are refused with 400.

    ``refuses`` names further fields that it answers with 400, with the message given. ``key`` is the only one it lets in,
    None lets in all. ``usage`` tells tokens: ``tokens`` for each call. With a strict schema the answer must fit, as with a
    constrained decoder: 500 if it does not. ``parallel`` calls wait for each other before any is answered (a barrier), so
    that a test can tell that so many did run at once.
    """

    def __init__(
        self,
        answer: Answer,
        *,
        model: str = "test-model",
        formats: Sequence[str] = (STRICT, OBJECT),
        refuses: Mapping[str, str] | None = None,
        key: str | None = None,
        usage: bool = True,
        tokens: int = 100,
        parallel: int = 1,
    ) -> None:
        self.answer, self.model, self.formats, self.refuses = answer, model, formats, dict(refuses or {})
        self.key, self.usage, self.tokens = key, usage, tokens
        self.asked: list[Asked] = []
        self.most_parallel = 0
        self._faults: deque[Fault] = deque()
        self._lock = threading.Condition()
        self._inside = 0
        self._released = threading.Event()
        self._meet = threading.Barrier(parallel) if parallel > 1 else None
        handler = type("BoundHandler", (Handler,), {"chat": self})
        self._http = Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        if self._meet:
            self._meet.abort()
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Base address for the client."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def fault(self, *faults: Fault) -> None:
        """Let the next requests fail, one fault each, in order."""
        with self._lock:
            self._faults.extend(faults)

    def release(self) -> None:
        """Let stalled requests go on."""
        self._released.set()

    def wait_until_asked(self, count: int) -> None:
        """Wait until ``count`` requests have come in. Raises AssertionError after ten seconds."""
        with self._lock:
            assert self._lock.wait_for(lambda: len(self.asked) >= count, timeout=10)

    def wait_for_stall(self) -> None:
        """Wait until ``release``."""
        self._released.wait()

    def enter(self, asked: Asked) -> Fault | None:
        """Note a request that begins; its fault, if one is due."""
        with self._lock:
            self.asked.append(asked)
            self._lock.notify_all()
            self._inside += 1
            self.most_parallel = max(self.most_parallel, self._inside)
            fault = self._faults.popleft() if self._faults else None
        if self._meet:
            with suppress(threading.BrokenBarrierError):
                self._meet.wait(timeout=5)
        return fault

    def leave(self) -> None:
        """Note the end of a request."""
        with self._lock:
            self._inside -= 1
