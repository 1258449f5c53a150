"""Time, as ratios within one run: the machine is noisy, and a ratio to a peer in the same minute is not.

``make bench`` prints the absolute times beside them.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from pipelines.digest import DigestOptions, digest
from pipelines.errors import KhabarError
from pipelines.languages import Language
from pipelines.models import Page
from pipelines.summarise.base import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]
DEMO = ROOT / "bot" / "data" / "demo_article.txt"
OPTIONS = DigestOptions(length=LENGTHS["medium"])
PAGES = 40
WARM_CEILING = 2.5
"""HTML → Digest against trafilatura alone on the same page (docs/design.md)."""


def seconds(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def test_a_page_becomes_a_digest_in_a_small_multiple_of_trafilaturas_time(
    evaluation_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import trafilatura  # noqa: PLC0415

    ratios, ours, theirs = [], 0.0, 0.0
    for path in sorted((evaluation_data / "pages" / "html").glob("*.gz"))[:PAGES]:
        body = gzip.decompress(path.read_bytes())
        page = Page(
            url=None, final_url=None, content_type="text/html", body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        try:
            answer = digest(page, OPTIONS)
        except KhabarError:
            continue
        if answer.article.language is not Language.ENGLISH:
            continue  # the bar is for English: a Russian page waits for a neural tagger
        text = body.decode("utf-8", errors="replace")
        alone = seconds(partial(trafilatura.extract, text))
        whole = seconds(partial(digest, page, OPTIONS))
        ratios.append(whole / alone)
        ours, theirs = ours + whole, theirs + alone
    with capsys.disabled():
        print(
            f"\nHTML → Digest: {ours / theirs:.2f} × trafilatura over {len(ratios)} pages (median {median(ratios):.2f} ×)"
        )
    assert ours / theirs <= WARM_CEILING


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("khabar --help", ["--help"]),
        ("khabar digest article.txt", ["digest", str(DEMO), "--format", "json"]),
    ],
)
def test_a_new_process_answers_soon(name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Reported, and held only against a peer: starting Python with numpy, lxml and click on the same machine."""

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    peer = seconds(lambda: run([sys.executable, "-c", "import numpy, lxml.html, click, rich.console"]))
    ours = seconds(lambda: run([str(Path(sys.executable).with_name("khabar")), *arguments]))
    with capsys.disabled():
        print(f"\n{name}: {ours:.2f} s cold, {ours / peer:.1f} × importing numpy, lxml, click and rich ({peer:.2f} s)")
    assert ours <= 8 * peer
