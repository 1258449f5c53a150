"""``khabar bot`` and ``khabar worker`` as processes to be killed: ``python -m tests.faults.process bot|worker``.

As the commands are, but for a fetcher that may reach the loopback address and loops that look twice a second. Settings come from
the environment; "ready" is printed once it runs.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from ipaddress import ip_network

from bot import crew
from bot.app import Khabar, quiet
from bot.bot_settings import load_bot
from bot.worker import Worker
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy

LOOPBACK = frozenset({ip_network("127.0.0.0/8")})


async def main(part: str) -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    quiet()
    crew.LOOK_SECONDS = 0.5  # type: ignore[misc]
    crew.REVISE_SECONDS = 2.0  # type: ignore[misc]
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    fetcher = Fetcher(FetchPolicy(allow_addresses=LOOPBACK, max_concurrent=50, max_per_host=50))
    kind = {"bot": Khabar, "worker": Worker}[part]
    await kind(load_bot(os.environ), fetcher=fetcher).run(stopped, ready=lambda: print("ready", flush=True))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
