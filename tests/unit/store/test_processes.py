"""Two programs at one store, and a program that is stopped: over real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipelines.errors import ModelError
from pipelines.store.lock import exclusive
from tests.unit.store.conftest import FILES, OpenStore
from tests.unit.store.hub_server import Hub, hang_after

ROOT = Path(__file__).parents[3]
PULL = """
import sys
from pathlib import Path
from pipelines.store.network import Network
from pipelines.store.progress import Progress
from pipelines.store.store import ModelStore
from pipelines.store.catalogue import Catalogue
from tests.unit.store.conftest import catalogue_model, is_whole

class Lines(Progress):
    def say(self, message):
        print(message, flush=True)

store = ModelStore(Path(sys.argv[1]), Network(endpoint=sys.argv[2]),
                   catalogue=Catalogue(models=(catalogue_model(),)), prepare=is_whole)
print(store.pull("tiny", progress=Lines()).revision, flush=True)
"""


def pull_elsewhere(root: Path, hub: Hub) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PULL, str(root), hub.url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_leaves_a_download_that_goes_on(open_store: OpenStore, hub: Hub) -> None:
    started = threading.Event()
    hub.fail("cdn/team/tiny-nllb/model.bin", hang_after(80_000, started))
    store = open_store()
    process = pull_elsewhere(store.root, hub)
    assert started.wait(60)
    part = store.root / ".work" / "tiny" / "parts" / "model.bin.part"
    wait_for(lambda: part.exists() and part.stat().st_size > 0)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors
    assert store.installed("tiny") is None
    kept = part.stat().st_size
    assert 0 < kept <= 80_000
    model = store.pull("tiny")
    assert (model.folder / "model.bin").read_bytes() == FILES["model.bin"]
    assert hub.requests("cdn/team/tiny-nllb/model.bin")[-1].headers["range"] == f"bytes={kept}-"


def test_two_programs_that_pull_one_model_fetch_it_once(open_store: OpenStore, hub: Hub) -> None:
    store = open_store()
    holding, go = threading.Event(), threading.Event()

    def hold() -> None:
        with exclusive(store.root / ".locks" / "tiny", "tiny", 0, never, ignore):
            holding.set()
            go.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(10)
    first, second = pull_elsewhere(store.root, hub), pull_elsewhere(store.root, hub)
    for process in (first, second):
        assert process.stdout is not None
        assert "is at work on it; waiting" in process.stdout.readline()
    go.set()
    thread.join()
    outputs = [process.communicate(timeout=60) for process in (first, second)]
    assert [process.returncode for process in (first, second)] == [0, 0], outputs
    assert len(hub.requests("cdn/team/tiny-nllb/model.bin")) == 1
    assert sum("installed and sound" in out for out, _ in outputs) == 1
    assert store.verify("tiny") == []


def test_who_waits_too_long_is_told_who_is_at_work(open_store: OpenStore, hub: Hub) -> None:
    slept: list[float] = []
    store = open_store(lock_seconds=1.0, lock_sleep=slept.append)
    with (
        exclusive(store.root / ".locks" / "tiny", "tiny", 0, never, ignore),
        pytest.raises(ModelError, match=r"process \d+ is at work"),
    ):
        store.pull("tiny")
    assert sum(slept) == 1.0
    assert not hub.seen


def test_the_lock_of_a_program_that_was_killed_is_free(open_store: OpenStore, hub: Hub) -> None:
    started = threading.Event()
    hub.fail("cdn/team/tiny-nllb/model.bin", hang_after(10_000, started))
    store = open_store(lock_seconds=0.0)
    process = pull_elsewhere(store.root, hub)
    assert started.wait(60)
    process.kill()
    process.communicate(timeout=60)
    store.pull("tiny")
    assert store.verify("tiny") == []


def never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} s for a lock that nobody holds")


def ignore(message: str) -> None:
    del message


def wait_for(happened: object) -> None:
    """Until ``happened()``, looking again whenever the other program had a moment; bounded."""
    assert callable(happened)
    pause = threading.Event()
    for _ in range(1000):
        if happened():
            return
        pause.wait(0.01)
    raise AssertionError("it did not happen in ten seconds")
