"""Which workers live, and what becomes of the jobs of those that do not.

A worker renews its row; whose row has run out is dead, and whoever sees it first takes its jobs over. Times are the database's
own, so that machines with different clocks agree. A worker that finds its row gone was taken for dead: it stops at once, since
its jobs run elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, literal, select, update

from bot.storage.errors import StorageError
from bot.storage.schema_workers import worker
from bot.storage.values import insert

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.storage.database import Database

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=10)
"""How long a worker is thought alive after its last sign; a server that restarts is back within it."""
RENEW_SECONDS: Final = 2.5


class LeaseLostError(Exception):
    """This worker was taken for dead."""


class Leases:
    """The sign of life of one worker on PostgreSQL, and its eye on the others.

    ``take_over`` queues the jobs of dead executors again and says how many; it may block and runs on a thread.
    """

    def __init__(
        self,
        database: Database,
        executor: str,
        take_over: Callable[[Sequence[str]], int],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        lease: timedelta = LEASE,
    ) -> None:
        self._database, self._executor, self._take_over = database, executor, take_over
        self._sleep, self._lease = sleep, lease

    async def begin(self) -> None:
        """The first sign. It comes before the first job: a job whose worker nobody knows would never be taken over."""
        async with self._database.transaction() as tx:
            until = func.now() + literal(self._lease)
            row = insert(tx, worker).values(executor=self._executor, until=until)
            await tx.execute(row.on_conflict_do_update(index_elements=["executor"], set_={"until": until}))

    async def keep(self) -> None:
        """Renew, and sweep, for ever. Raises ``LeaseLostError``; a database that is away is waited for."""
        while True:
            await self._sleep(RENEW_SECONDS)
            try:
                await self.renew()
                await self.sweep()
            except StorageError as error:
                log.warning("the sign of life could not be renewed: %s", error)

    async def renew(self) -> None:
        """One more sign. Raises ``LeaseLostError``."""
        async with self._database.transaction() as tx:
            renewed = await tx.execute(
                update(worker)
                .where(worker.c.executor == self._executor)
                .values(until=func.now() + literal(self._lease))
            )
        if not renewed.rowcount:
            raise LeaseLostError

    async def sweep(self) -> int:
        """Take over the jobs of the dead; how many there were. A row goes only when its jobs are queued again."""
        taken = 0
        async with self._database.transaction() as tx:
            rows = await tx.execute(
                select(worker.c.executor).where(worker.c.until < func.now()).with_for_update(skip_locked=True)
            )
            dead = list(rows.scalars())
            if dead:
                taken = await asyncio.to_thread(self._take_over, dead)
                await tx.execute(delete(worker).where(worker.c.executor.in_(dead)))
        if taken:
            log.info("%d jobs of %d dead workers are taken over", taken, len(dead))
        return taken

    async def end(self) -> None:
        """Say that this worker is dead: what it could not end is taken over at once."""
        try:
            async with self._database.transaction() as tx:
                await tx.execute(
                    update(worker)
                    .where(worker.c.executor == self._executor)
                    .values(until=func.now() - timedelta(seconds=1))
                )
        except StorageError as error:
            log.warning("the worker could not sign off: %s", error)
