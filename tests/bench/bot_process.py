"""The bot as a process for benches: `khabar bot`, but for a fetcher that may reach the loopback address.

``python -m tests.bench.bot_process``: settings from the environment as for `khabar bot`; prints "ready" when it runs.
"""

from __future__ import annotations

import asyncio
import os
import signal
from ipaddress import ip_network

from bot.app import Khabar, quiet
from bot.bot_settings import load_bot
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy

LOOPBACK = frozenset({ip_network("127.0.0.0/8")})


async def main() -> None:
    quiet()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    fetcher = Fetcher(FetchPolicy(allow_addresses=LOOPBACK, max_concurrent=50, max_per_host=50))
    await Khabar(load_bot(os.environ), fetcher=fetcher).run(stopped, ready=lambda: print("ready", flush=True))


if __name__ == "__main__":
    asyncio.run(main())
