"""Short reports of invented events, for tests of stories."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from pipelines.languages import Language
from pipelines.stories.models import StoryItem


def rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

QUAKE = {row["language"]: (row["title"], row["text"]) for row in rows("quake.tsv")}
TALKS = {row["language"]: (row["title"], row["text"]) for row in rows("talks.tsv")}["en"]


def report(language: str = "en", *, title: str = "", text: str = "", number: int = 1) -> StoryItem:
    """The earthquake in a language, or another report."""
    its_title, its_text = QUAKE[language] if not text else (title, text)
    return StoryItem(
        id=number,
        title=title or its_title,
        text=its_text,
        language=Language(language),
        published_at=NOON,
        source="paper",
    )
