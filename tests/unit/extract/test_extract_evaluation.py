"""Extraction over the evaluation pages: the floors of the issue, and the owner's sample to the letter."""

from __future__ import annotations

import gzip
import importlib.util
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.errors import KhabarError
from pipelines.extract.page import extract_page
from pipelines.extract.pasted import extract_pasted
from pipelines.fetch.charset import decode

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[4] / "shared" / "eval"

pytestmark = [
    pytest.mark.evaluation,
    pytest.mark.skipif(not DATA.exists(), reason="the evaluation data is not beside the repository"),
]


def f1(read: Callable[[str, dict[str, Any]], str]) -> float:
    spec = importlib.util.spec_from_file_location("extract_score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    totals = [0.0, 0.0, 0.0]
    for key, entry in sorted(json.loads((DATA / "pages" / "gold.json").read_text("utf-8")).items()):
        try:
            text = read(key, entry)
        except KhabarError:
            text = ""
        parts = score.shingle_prf(entry["articleBody"], text)
        totals = [total + part / (sum(parts) or 1) for total, part in zip(totals, parts, strict=True)]
    return float(score.prf(*totals)[2])


def test_saved_pages() -> None:
    def read(key: str, entry: dict[str, Any]) -> str:
        body = gzip.decompress((DATA / "pages" / "html" / f"{key}.html.gz").read_bytes())
        return extract_page(decode(body, declared=None, html=True), entry["url"]).text

    assert f1(read) >= 0.966


def test_pasted_pages() -> None:
    def read(key: str, _: dict[str, Any]) -> str:
        return extract_pasted((DATA / "pages" / "pasted" / f"{key}.txt").read_text("utf-8")).text

    assert f1(read) >= 0.91


def test_the_owners_sample() -> None:
    paste = (DATA / "sample" / "owner_sample.txt").read_text("utf-8")
    found = extract_pasted(paste)
    furniture = ("In this file image", "Reuters Archive", "READ MORE", "Loading...", "Route 6")
    filled = [" ".join(line.split()) for line in paste.splitlines() if line.strip()]
    assert found.title == filled[0]
    assert found.text.split("\n\n") == [line for line in filled[1:] if not line.startswith(furniture)]
    heads = [found.text[span.start : span.stop] for span in found.headings]
    assert heads == ["Road to the deal", "Increasing violence"]


def test_a_megabyte_of_pages_takes_seconds() -> None:
    texts = [path.read_text("utf-8") for path in sorted((DATA / "pages" / "pasted").glob("*.txt"))]
    paste = "\n".join(texts)[:1_000_000]
    extract_pasted(texts[0])
    start = time.process_time()
    extract_pasted(paste)
    # about one second where this was written; a pattern that backtracks takes minutes
    assert time.process_time() - start < 6
