"""``python -m tests.telegram.fake --port N``: the server in a process of its own, told what to do over ``/control/…``.

Its first line on standard output is its address. It ends on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import asyncio
import signal

from tests.telegram.fake.control import ControlledTelegram
from tests.telegram.fake.server import TOKEN


async def serve(port: int, token: str, *, rich: bool) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with ControlledTelegram(port=port, token=token, rich=rich) as api:
        print(api.address, flush=True)
        await stop.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.fake", description="A fake Bot API on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    parser.add_argument("--no-rich", action="store_true", help="know no rich messages")
    asked = parser.parse_args()
    asyncio.run(serve(asked.port, asked.token, rich=not asked.no_rich))


if __name__ == "__main__":
    main()
