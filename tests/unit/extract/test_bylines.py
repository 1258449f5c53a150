"""Who wrote it: people, and nobody else."""

from __future__ import annotations

import pytest

from pipelines.extract.bylines import byline, people, role_byline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Phil Hanson", ("Phil Hanson",)),
        ("By Nadia Karim, Tom Reyes and Ali Wardak", ("Nadia Karim", "Tom Reyes", "Ali Wardak")),
        ("By Megan Rowe meganr@example.org", ("Megan Rowe",)),
        ("By Umair Khan Updated Nov 13, 2019", ("Umair Khan",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("نویسنده: احمد رشید", ("احمد رشید",)),
        ("لیکوال: نور محمد", ("نور محمد",)),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert people([byline(line) or ""]) == names


@pytest.mark.parametrize(
    "line", ["By the time he came", "By Reuters", "Автор книги молчит", "By noon on Monday the town was empty.", "By"]
)
def test_what_only_looks_like_a_byline(line: str) -> None:
    assert byline(line) is None


def test_a_role_behind_the_name() -> None:
    assert role_byline("Meg Jameson, Staff Writer") == "Meg Jameson"
    assert role_byline("(Reed Saxby / Associated Press)") is None


@pytest.mark.parametrize(
    "stated",
    [
        "Staff",
        "Reuters Staff",
        "https://example.org/author/1",
        "admin",
        "BBC News",
        "خبرگزاری فارس",
        "Редакция сайта",
        "News Desk",
    ],
)
def test_no_person(stated: str) -> None:
    assert people([stated]) == ()


def test_the_outlet_is_no_author() -> None:
    assert people(["Kabul Courier", "Lina Omar"], "The Kabul Courier") == ("Lina Omar",)
