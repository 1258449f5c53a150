"""Where articles are worked on: processes of their own, so that the event loop answers while a page is read.

A page, a length and languages → a ``Digest`` or the error as a value. Readers (extraction, summary, actors) run one a core;
translation has one process for itself, since a model must be in memory once and its engines hold the interpreter's lock for
a whole sentence. Processes start with the first work and end after an idle time: an idle bot holds no model and no tagger.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import multiprocessing.connection
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipelines.errors import InternalError, KhabarError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.settings import Settings
    from pipelines.languages import Language
    from pipelines.models import Article, Digest, Page

IDLE_SECONDS: Final = 300.0
TRIES: Final = 2
"""A process that dies takes its work along; the second try tells a bad page from bad luck."""
RECYCLE: Final = 2_000
"""Articles after which a reader is replaced: libraries for HTML and PDF leak a little."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One article to be read. ``length`` is a name of ``LENGTHS``; ``language`` overrides identification."""

    page: Page
    length: str
    language: Language | None = None


class Workshop:
    """Pools of processes. One value a bot; all methods belong to its event loop."""

    def __init__(self, settings: Settings, *, readers: int, idle: float = IDLE_SECONDS) -> None:
        self._settings, self._idle = settings, idle
        self._reading = _Bench(max(1, readers), idle)
        self._translating = _Bench(1, idle)

    async def digest(self, work: Work) -> Digest:
        """The digest. Raises ``KhabarError`` where there is none; a process that dies is ``InternalError``."""
        return await self._reading.run(_digest, self._settings, work)

    async def digest_again(self, article: Article, length: str) -> Digest:
        """The digest of an article that was read before, at another length."""
        return await self._reading.run(_digest_again, self._settings, article, length)

    async def translate(self, digest: Digest, targets: Sequence[Language]) -> Digest:
        """The digest with translations for ``targets``, as far as back-ends are there."""
        return await self._translating.run(_translate, self._settings, digest, tuple(targets))

    async def translate_all(self, digests: Sequence[Digest], targets: Sequence[Language]) -> list[Digest]:
        """As ``translate``, for several at once: a model takes sentences of many articles together."""
        return await self._translating.run(_translate_all, self._settings, tuple(digests), tuple(targets))

    async def backends(self) -> list[str]:
        """Summariser and translation back-ends, for the owner."""
        return await self._translating.run(_backends, self._settings)

    async def models(self) -> list[str]:
        """Models installed, for the owner."""
        return await self._translating.run(_models, self._settings)

    async def reachable(self, source: Language) -> tuple[Language, ...]:
        """Readers' languages that a back-end reaches from ``source``."""
        return await self._translating.run(_reachable, self._settings, source)

    def close(self) -> None:
        """End the processes; work under way is lost and done again by whoever asked for it durably."""
        self._reading.close()
        self._translating.close()


class _Bench:
    """A pool that starts late and ends early."""

    def __init__(self, size: int, idle: float) -> None:
        self._size, self._idle = size, idle
        self._pool: ProcessPoolExecutor | None = None
        self._busy = 0
        self._rest: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[..., _Answer | KhabarError], *arguments: Any) -> _Answer:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        self._busy += 1
        try:
            for attempt in range(1, TRIES + 1):
                pool = self._started()
                try:
                    answer = await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
                except BrokenProcessPool as error:
                    if self._pool is pool:
                        self.close()
                    if attempt == TRIES:
                        raise InternalError("Reading this article ended the process that read it.") from error
                    continue
                if isinstance(answer, KhabarError):
                    raise answer
                return answer
            raise AssertionError("unreachable")
        finally:
            self._busy -= 1
            if self._busy == 0 and self._pool is not None:
                self._rest = asyncio.get_running_loop().call_later(self._idle, self.close)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # forkserver would inherit nothing either, but its server stays behind as one more process
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._size, mp_context=context, initializer=_end_with_parent, max_tasks_per_child=RECYCLE
            )
        return self._pool

    def close(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """Let this process end when the bot does: killed, it takes no leave, and the pool's pipes hold one another open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _digest(settings: Settings, work: Work) -> Digest | KhabarError:
    from bot.backends import summariser  # noqa: PLC0415
    from pipelines.digest import DigestOptions, digest  # noqa: PLC0415
    from pipelines.summarise.base import LENGTHS  # noqa: PLC0415

    def make() -> Digest:
        options = DigestOptions(length=LENGTHS[work.length], language=work.language, summariser=summariser(settings))
        return digest(work.page, options)

    return _value(make)


def _digest_again(settings: Settings, article: Article, length: str) -> Digest | KhabarError:
    from bot.backends import summariser  # noqa: PLC0415
    from pipelines.digest import DigestOptions, digest_again  # noqa: PLC0415
    from pipelines.summarise.base import LENGTHS  # noqa: PLC0415

    return _value(lambda: digest_again(article, DigestOptions(length=LENGTHS[length], summariser=summariser(settings))))


def _translate(settings: Settings, digest: Digest, targets: tuple[Language, ...]) -> Digest | KhabarError:
    from bot.backends import translation_flow  # noqa: PLC0415
    from pipelines.translate.digests import translate_digests  # noqa: PLC0415

    return _value(lambda: translate_digests([digest], targets, translation_flow(settings))[0])


def _translate_all(
    settings: Settings, digests: tuple[Digest, ...], targets: tuple[Language, ...]
) -> list[Digest] | KhabarError:
    from bot.backends import translation_flow  # noqa: PLC0415
    from pipelines.translate.digests import translate_digests  # noqa: PLC0415

    return _value(lambda: list(translate_digests(list(digests), targets, translation_flow(settings))))


def _reachable(settings: Settings, source: Language) -> tuple[Language, ...] | KhabarError:
    from bot.backends import translation_flow  # noqa: PLC0415
    from pipelines.languages import READER  # noqa: PLC0415

    return _value(lambda: tuple(lang for lang in READER if translation_flow(settings).can(source, lang)))


def _backends(settings: Settings) -> list[str] | KhabarError:
    from bot.backends import installed_translators  # noqa: PLC0415

    return _value(lambda: [settings.summariser, *installed_translators(settings)])


def _models(settings: Settings) -> list[str] | KhabarError:
    from bot.backends import model_store  # noqa: PLC0415

    def told() -> list[str]:
        found = model_store(settings).all_installed()
        return [str(one) if isinstance(one, KhabarError) else f"{one.name} ({one.licence})" for one in found]

    return _value(told)


def _value(make: Callable[[], _Answer]) -> _Answer | KhabarError:
    """The answer or the error as a value: a bug is logged here, where its trace is, and told as ``InternalError``."""
    import logging  # noqa: PLC0415

    from bot.traces import report  # noqa: PLC0415

    try:
        return make()
    except KhabarError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a bot outlives a bug, and the bug is said, not hidden
        report(logging.getLogger(__name__), "an article failed", error)
        return InternalError.of(error)
