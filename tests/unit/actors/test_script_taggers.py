"""Persian, Dari and Pashto actors, case by case: who is found, as what, in what role; and who is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.actors.resolve import resolve
from pipelines.actors.tagger_fa import PersianTagger
from pipelines.actors.tagger_ps import PashtoTagger
from pipelines.actors.variants import same_surname
from pipelines.languages import Language
from pipelines.models import Actor, Article, Mention
from pipelines.segment import segment

HERE = Path(__file__).parent


def article(text: str, language: Language, title: str | None = None) -> Article:
    return Article(
        url=None, title=title, outlet=None, author=None, published=None, text=text, headings=(), language=language,
        extractor="test",
    )  # fmt: skip


def mentions(text: str, language: Language) -> list[Mention]:
    tagger = PashtoTagger() if language is Language.PASHTO else PersianTagger()
    return tagger.tag(article(text, language), segment(text, language))


def actors(text: str, language: Language) -> list[Actor]:
    return resolve(article(text, language), segment(text, language), mentions(text, language))


def cases() -> list[tuple[str, str, str]]:
    found = []
    for name in ("cases_fa.tsv", "cases_ps.tsv"):
        lines = (HERE / name).read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
        found += [(language, text, expected) for language, text, expected in rows]
    return found


@pytest.mark.parametrize(("language", "text", "expected"), cases(), ids=[f"{c[0]} {c[1][:45]}" for c in cases()])
def test_actors_of_a_text(language: str, text: str, expected: str) -> None:
    found = mentions(text, Language(language))
    assert all(text[m.start : m.stop] == m.text for m in found)
    if expected == "-":
        assert [(m.text, m.kind) for m in found if m.kind in ("person", "organisation", "country")] == []
        return
    wanted = {}
    for item in expected.split("; "):
        name, _, rest = item.partition(" = ")
        kind, _, role = rest.partition(": ")
        wanted[name] = (kind, None if role in ("", "~") else role)
    people = {m.text: ("person", m.role) for m in found if m.kind == "person"}
    assert people == {name: value for name, value in wanted.items() if value[0] == "person"}
    others = {(m.text, m.kind) for m in found if m.kind != "person"}
    assert {(name, kind) for name, (kind, _) in wanted.items() if kind != "person"} <= others


def test_a_surname_spelled_in_two_ways_is_one_actor() -> None:
    text = "سارا سندریس، سخنگوی قصر سفید، پاسخ داد. سندرس گفت که وقت کم است. سندرس افزود که برمیگردد."
    found = [a for a in actors(text, Language.DARI) if a.kind == "person"]
    assert [(a.name, len(a.mentions)) for a in found] == [("سارا سندریس", 3)]


def test_two_surnames_of_one_root_stay_two() -> None:
    text = "محمد اکرم، والی کندز، آمد. احمد کریمی، والی بلخ، نیامد. کریمی گفت که بیمار است."
    found = {a.name: len(a.mentions) for a in actors(text, Language.DARI) if a.kind == "person"}
    assert found == {"محمد اکرم": 1, "احمد کریمی": 2}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("سندریس", "سندرس", True),
        ("روزینستین", "روزنستین", True),
        ("المعلم", "معلم", True),
        ("کریمی", "کریم", False),
        ("اکرم", "کرم", False),
        ("وید", "ویډ", False),
    ],
)
def test_spellings_of_a_surname(one: str, other: str, *, same: bool) -> None:
    assert same_surname(one, other) is same


def test_a_known_person_in_another_spelling_has_the_known_key() -> None:
    found = actors("دانلد ترامپ، رییس جمهور امریکا، به چین رفت. ترامپ گفت که قرارداد میخواهد.", Language.DARI)
    assert [a.key for a in found if a.kind == "person"] == ["donald-trump"]


def test_arabic_letters_and_bidi_marks_change_nothing() -> None:
    plain = mentions("سرگی لاوروف، وزیر خارجه روسیه، گفت که نشست مهم است.", Language.DARI)
    marked = mentions("سرگي لاوروف\u200e، وزير خارجه روسيه، گفت كه نشست مهم است.", Language.DARI)
    assert [(m.kind, m.score) for m in plain] == [(m.kind, m.score) for m in marked]
    assert "وزير خارجه روسيه" in [m.role for m in marked]


def test_no_name_runs_over_a_sentence_end() -> None:
    found = mentions("او به دیدن احمد رفت. رحیمی نیامد.", Language.DARI)
    assert all("." not in m.text for m in found)


def test_headings_hold_no_actors() -> None:
    text = "سرگی لاوروف در کابل\n\nنشست برگزار شد."
    given = article(text, Language.DARI)
    sentences = segment(text, Language.DARI)
    first, *rest = sentences
    heading = replace(first, heading=True)
    assert PersianTagger().tag(given, [heading, *rest]) == []
