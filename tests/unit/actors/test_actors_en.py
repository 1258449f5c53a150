"""English actors, case by case: who is found, as what, in what role; and who is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.actors.resolve import resolve
from pipelines.actors.tagger_en import EnglishTagger
from pipelines.languages import Language
from pipelines.models import Actor, Article
from pipelines.segment import segment

CASES = Path(__file__).with_name("cases_en.tsv")


def article(text: str, title: str | None = None) -> Article:
    return Article(
        url=None, title=title, outlet=None, author=None, published=None, text=text, headings=(), language=Language.ENGLISH,
        extractor="test",
    )  # fmt: skip


def actors(text: str, title: str | None = None) -> dict[str, Actor]:
    given = article(text, title)
    sentences = segment(text, Language.ENGLISH)
    return {actor.name: actor for actor in resolve(given, sentences, EnglishTagger().tag(given, sentences))}


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")][1:]
    return [(text, expected) for text, expected in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[text[:50] for text, _ in cases()])
def test_actors_of_a_sentence(text: str, expected: str) -> None:
    found = actors(text)
    if expected == "-":
        assert found == {}
        return
    for wanted in expected.split("; "):
        name, _, rest = wanted.partition(" = ")
        kind, _, role = rest.partition(": ")
        assert name in found, f"found only {sorted(found)}"
        assert found[name].kind == kind
        if role == "~":
            assert found[name].role is None
        elif role:
            assert (found[name].role or "").casefold() == role.casefold()


def test_a_surname_and_initials_are_the_same_person() -> None:
    found = actors("Senator Lindsey Graham spoke first. L. Graham then left. Graham did not return.")
    assert [len(a.mentions) for a in found.values() if a.kind == "person"] == [3]


def test_two_persons_of_one_surname_stay_two() -> None:
    found = actors("Senator Bill Walton met lawyer Sam Walton in Ohio. Bill Walton thanked Sam Walton.")
    assert {"Bill Walton", "Sam Walton"} <= set(found)


def test_the_outlet_itself_and_agencies_that_report_are_no_actors() -> None:
    text = "Reuters reported that President Vladimir Putin had left. Reuters said he was in Sochi. Reuters cited two aides."
    assert "Reuters" not in actors(text)
    assert "Reuters" in actors(text, title="Reuters sues the government over files")


def test_salience_puts_the_headlines_person_first() -> None:
    text = (
        "Prime Minister Shehbaz Sharif spoke on Monday. Foreign Minister Ishaq Dar listened. "
        "President Asif Ali Zardari did not come."
    )
    assert next(iter(actors(text, title="Zardari stays away"))) == "Asif Ali Zardari"


def test_mentions_hold_the_articles_own_words() -> None:
    text = "President Emomali Rahmon said so. Rahmon left."
    for actor in actors(text).values():
        assert all(text[m.start : m.stop] == m.text for m in actor.mentions)
