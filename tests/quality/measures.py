"""Khabar measured against the evaluation data: every figure of the quality gate, by the data's own ``score.py``.

The data stand outside of the project and are found by an argument. What is run is what a user runs: the stages behind
``khabar digest`` and ``khabar identify``, in this process.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.digest import DigestOptions, digest, extract, find_actors
from pipelines.errors import KhabarError
from pipelines.identify import identify_lines
from pipelines.languages import Language
from pipelines.models import PARAGRAPH_BREAK, Article, Page
from pipelines.segment import segment
from pipelines.summarise.base import SummaryLength
from tests.quality import peers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PERSIAN = {"fa", "prs"}


def scorer(data: Path) -> ModuleType:
    """The evaluation data's ``score.py`` as a module."""
    spec = importlib.util.spec_from_file_location("khabar_score", data / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, Any]]:
    """Objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _page(body: bytes, content_type: str, url: str | None = None) -> Page:
    return Page(url=url, final_url=url, content_type=content_type, body=body, fetched_at=NOW)


def _extracted(page: Page) -> str:
    try:
        return extract(page).text
    except KhabarError:
        return ""


def extraction(data: Path) -> dict[str, float]:
    """Shingle F1 of article text from saved pages and from pasted pages."""
    score = scorer(data)
    gold = json.loads((data / "pages" / "gold.json").read_text(encoding="utf-8"))
    found = {}
    for name in ("pages", "pasted"):
        totals = [0.0, 0.0, 0.0]
        for key, entry in sorted(gold.items()):
            if name == "pages":
                body = gzip.decompress((data / "pages" / "html" / f"{key}.html.gz").read_bytes())
                page = _page(body, "text/html", entry.get("url"))
            else:
                page = _page((data / "pages" / "pasted" / f"{key}.txt").read_bytes(), "text/plain")
            parts = score.shingle_prf(entry["articleBody"], _extracted(page))
            whole = sum(parts) or 1
            totals = [t + v / whole for t, v in zip(totals, parts, strict=True)]
        found[f"extract.{name}.f1"] = score.prf(*totals)[2]
    return found


def identification(data: Path) -> dict[str, float]:
    """Share of sentences whose language is right; Persian and Dari count as one."""
    lines = [line.split("\t") for line in (data / "lid" / "lid.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    hits: dict[str, list[bool]] = defaultdict(list)
    wanted = [line for line in lines if line[0] in {"en", "ru", "ps"} | PERSIAN]
    for (gold, *_), guess in zip(wanted, identify_lines([line[3] for line in wanted]), strict=True):
        persian = gold in PERSIAN
        hits["fa_or_prs" if persian else gold].append(guess.language in PERSIAN if persian else guess.language == gold)
    pashto = [" ".join(line[3].split()[:4]) for line in wanted if line[0] == "ps"]
    hits["ps_four_words"] = [guess.language == "ps" for guess in identify_lines(pashto)]
    return {f"identify.{name}": sum(found) / len(found) for name, found in hits.items()}


def summaries(data: Path) -> dict[str, float]:
    """ROUGE of three sentences on the CNN/DM rows, and the margins over two peers on the same cleaned text.

    The peers are the first three sentences (LEAD-3) and sumy's LexRank.
    """
    score = scorer(data)
    gold = rows(data / "summaries" / "cnndm.jsonl")
    ours, lead, lexrank = [], [], []
    for row in gold:
        answer = digest(_page(row["text"].encode(), "text/plain"), DigestOptions(length=SummaryLength(3)))
        ours.append(score.rouge(row["summary"], " ".join(s.text for s in answer.summary.sentences)))
        body = [s for s in segment(answer.article.text, Language.ENGLISH, answer.article.headings) if not s.heading]
        lead.append(score.rouge(row["summary"], " ".join(s.text for s in body[:3])))
        lexrank.append(score.rouge(row["summary"], peers.lexrank([s.text for s in body], 3)))
    mean = [sum(values) / len(gold) for values in zip(*ours, strict=True)]
    lead_mean = sum(values[0] for values in lead) / len(gold)
    lexrank_mean = sum(values[0] for values in lexrank) / len(gold)
    return {
        "summary.rouge1": mean[0],
        "summary.rouge2": mean[1],
        "summary.rougeL": mean[2],
        "summary.rouge1_over_lead3": mean[0] - lead_mean,
        "summary.rouge1_over_lexrank": mean[0] - lexrank_mean,
    }


def actor_documents(data: Path, language: str) -> Iterator[tuple[dict[str, Any], Article]]:
    """The documents with key actors, in one language: gold row and article."""
    header, *table = [
        line.split("\t")
        for line in (data / "parallel" / "ntrex128.en-prs-ps-ru-fa.tsv").read_text(encoding="utf-8").splitlines()
    ]
    column = header.index(language)
    for gold in rows(data / "actors" / "keyactors.jsonl"):
        title, *sentences = [row[column] for row in table if row[1] == gold["doc_id"]]
        yield gold, Article(
            url=None, title=title, outlet=None, author=None, published=None, text=PARAGRAPH_BREAK.join(sentences),
            headings=(), language=Language(language), extractor="ntrex",
        )  # fmt: skip


def actors(data: Path, languages: tuple[str, ...] = ("en", "ru", "prs", "ps", "fa")) -> dict[str, float]:
    """Key actors of the same documents in each language, and how often a person's key is the same in all."""
    score = scorer(data)
    found: dict[str, float] = {}
    keys: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for language in languages:
        golds, answers = [], []
        for gold, article in actor_documents(data, language):
            people = find_actors(article, segment(article.text, article.language))
            answer = [_contract_actor(actor) for actor in people]
            golds.append(gold)
            answers.append({"actors": answer})
            for wanted in gold["actors"]:
                if wanted["kind"] == "person":
                    key = next((a["key"] for a in answer if score.same_actor(wanted, a)), None)
                    if key:
                        keys[gold["doc_id"], wanted["key"]][language] = key
        result = _score_rows(score, golds, answers)
        if language != "en":
            del result["role_recall"]  # the gold roles are in English
        found |= {f"actors.{language}.{name}": value for name, value in result.items()}
    pairs = [
        (one, other)
        for forms in keys.values()
        for index, one in enumerate(forms.values())
        for other in list(forms.values())[index + 1 :]
    ]
    found["actors.same_key"] = sum(one == other for one, other in pairs) / max(1, len(pairs))
    return found


def _score_rows(score: ModuleType, golds: list[dict[str, Any]], answers: list[dict[str, Any]]) -> dict[str, float]:
    result: dict[str, float] = score.actors(golds, answers)
    return {name: result[name] for name in ("precision", "recall", "f1", "top3_in_first6", "role_recall")}


def _contract_actor(actor: Any) -> dict[str, Any]:
    return {
        "key": actor.key,
        "kind": actor.kind,
        "name": actor.name,
        "aliases": list(actor.aliases),
        "names": {k.value: v for k, v in actor.names.items()},
        "role": actor.role,
    }
