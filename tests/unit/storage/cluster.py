"""A PostgreSQL server of our own: in a temporary folder, on a spare loopback port, gone when the tests end.

The binaries are looked for on PATH and in the folders that Debian, Red Hat, Homebrew and the installers use. PostgreSQL
refuses to run as root, so there it runs as the user ``postgres``.
"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

FOLDERS = (
    "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin", "/Library/PostgreSQL/*/bin",
)  # fmt: skip


class NoServerError(Exception):
    """PostgreSQL cannot be run here; ``str()`` says why."""


def binaries() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``, the newest one. Raises ``NoServerError``."""
    if (found := shutil.which("initdb")) and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern[1:]) if (folder / "initdb").exists()]
    if not folders:
        raise NoServerError("no PostgreSQL binaries (initdb) on PATH or in the usual folders")
    return max(
        folders, key=lambda folder: [int(n) for n in "".join(c if c.isdigit() else " " for c in str(folder)).split()]
    )


def _as_user() -> tuple[str, Sequence[str]]:
    """Who runs the server, and what stands before a command to be that user."""
    if os.geteuid() != 0:
        return getpass.getuser(), ()
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise NoServerError("PostgreSQL refuses root, and there is no user postgres") from None
    if runuser := shutil.which("runuser"):
        return "postgres", (runuser, "-u", "postgres", "--")
    raise NoServerError("PostgreSQL refuses root, and there is no runuser to be somebody else")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its ``address``, ``postgresql://user@127.0.0.1:port``."""

    address: str
    _control: Callable[[str, str], None]

    def stop(self) -> None:
        """Stop it as a crash would: its clients' connections break."""
        self._control("stop", "immediate")

    def start(self) -> None:
        """Start it again, on the same port."""
        self._control("start", "fast")


@contextmanager
def running() -> Generator[str]:
    """A server; its address. Raises ``NoServerError``."""
    with started() as server:
        yield server.address


@contextmanager
def started() -> Generator[Server]:
    """A server that can be stopped and started. Raises ``NoServerError``."""
    folder = binaries()
    user, prefix = _as_user()
    with tempfile.TemporaryDirectory(prefix="khabar-pg-") as home, socket.socket() as probe:
        if prefix:
            shutil.chown(home, user)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data, log = f"{home}/data", f"{home}/log"
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=150"

        def run(program: str, *arguments: str) -> None:
            # pg_ctl's server inherits the pipes, so nothing may wait for their end
            command = [*prefix, str(folder / program), *arguments]
            done = subprocess.run(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if done.returncode:
                said = Path(log).read_text(encoding="utf-8") if Path(log).exists() else ""
                raise NoServerError(f"{program} failed with status {done.returncode}: {said[-500:]}")

        def control(what: str, how: str) -> None:
            more = ["-l", log, "-o", options] if what == "start" else ["-m", how]
            run("pg_ctl", what, "-w", "-D", data, *more)

        run("initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        control("start", "")
        try:
            yield Server(f"postgresql://{user}@127.0.0.1:{port}", control)
        finally:
            control("stop", "immediate")
