"""Sentence ends: lines that a linguist can read, promises about any text, boundaries of held-out documents."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pipelines.languages import READ, Language
from pipelines.models import Sentence, Span
from pipelines.segment import segment
from pipelines.segment.sentences import LONGEST

FOLDER = Path(__file__).parent
FILES = {
    Language.ENGLISH: "en.txt",
    Language.RUSSIAN: "ru.txt",
    Language.PERSIAN: "fa.txt",
    Language.DARI: "fa.txt",
    Language.PASHTO: "ps.txt",
}
LINES = [
    (language, line.replace("⏎", "\n"))
    for language, name in FILES.items()
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def cut(text: str, sentences: list[Sentence]) -> str:
    """``text`` with ``|`` where a sentence stops before another."""
    stops = {sentence.stop for sentence in sentences[:-1]}
    return "".join(("|" if at in stops else "") + letter for at, letter in enumerate(text))


def after_the_space(marked: str) -> str:
    """``|`` moved in front of the white space round it, so that lines may set it where it reads best."""
    head, *tail = (part.strip() for part in marked.split("|"))
    return "|".join([head, *tail])


@pytest.mark.parametrize(("language", "marked"), LINES, ids=lambda value: str(value)[:50])
def test_line(language: Language, marked: str) -> None:
    text = marked.replace("|", "")
    assert after_the_space(cut(text, segment(text, language))) == after_the_space(marked)


def test_every_language_has_its_lines() -> None:
    for language in FILES:
        assert sum(line[0] is language for line in LINES) >= 45


def lossless(text: str, sentences: list[Sentence]) -> None:
    position = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert position <= sentence.start < sentence.stop
        assert not text[position : sentence.start].strip()
        assert text[sentence.start : sentence.stop] == sentence.text == sentence.text.strip()
        position = sentence.stop
    assert not text[position:].strip()


PIECES = st.sampled_from(
    ["A", "b.", "Dr.", " ", " ", "\n", "\n\n", "…", "...", '"', "”", "“", "»", "«", ")", "(", "?!", "؟", "۔",
     "است.", "او", "د", "و.", "\u200e", "\u200f", "۷.۵", "U.S.", "Он", "г.", "2018", "—", "•", "1.", "и т. д.", "\u200c",
     "said", "وویل.", "[1]", "\t", "’s"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)), st.sampled_from(READ))
@settings(max_examples=400, deadline=None)
def test_offsets_are_exact_and_only_space_is_lost(text: str, language: Language) -> None:
    sentences = segment(text, language)
    lossless(text, sentences)
    assert sentences == segment(text, language)


@given(st.lists(PIECES, min_size=1, max_size=60).map("".join), st.sampled_from(READ))
@settings(max_examples=300, deadline=None)
def test_no_sentence_is_marks_alone_unless_its_paragraph_is(text: str, language: Language) -> None:
    sentences = segment(text, language)
    for sentence in sentences:
        alone = sum(other.paragraph == sentence.paragraph for other in sentences) == 1
        assert alone or any(letter.isalnum() for letter in sentence.text)


@pytest.mark.parametrize("language", READ)
def test_a_sentence_alone_is_one_sentence(language: Language) -> None:
    for other, marked in LINES:
        if other is not language or '"' in marked:
            continue
        sentences = segment(marked.replace("|", ""), language)
        alone = "\n\n".join(sentence.text for sentence in sentences)
        assert [s.text for s in segment(alone, language)] == [s.text for s in sentences]


def test_paragraphs_and_headings() -> None:
    text = "What next. And why\n\nThe talks go on. They may fail.\n \n\nDr.\n\nSmith left"
    sentences = segment(text, Language.ENGLISH, [Span(start=0, stop=18)])
    assert [(s.text, s.paragraph, s.heading) for s in sentences] == [
        ("What next. And why", 0, True),
        ("The talks go on.", 1, False),
        ("They may fail.", 1, False),
        ("Dr.", 2, False),
        ("Smith left", 3, False),
    ]


def test_a_heading_is_cut_out_of_its_lines() -> None:
    text = "It ended. Talks\nThe talks go on. They may fail."
    sentences = segment(text, Language.ENGLISH, [Span(start=10, stop=16)])
    assert [(s.text, s.heading) for s in sentences] == [
        ("It ended.", False),
        ("Talks", True),
        ("The talks go on.", False),
        ("They may fail.", False),
    ]
    lossless(text, sentences)


@pytest.mark.parametrize("text", ["", "   \n\n ", "…", '"', "»\n\n«"])
def test_next_to_nothing(text: str) -> None:
    lossless(text, segment(text, Language.PERSIAN))


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("unit", ["word, ", "کلمه، ", "x", ". ", "(", "а."])
def test_a_long_text_without_an_end(unit: str, language: Language) -> None:
    text = unit * (200_000 // len(unit))
    start = time.perf_counter()
    sentences = segment(text, language)
    assert time.perf_counter() - start < 20, "far above a second, so that only a quadratic way fails on a slow machine"
    lossless(text, sentences)
    if unit[0].isalpha() and "." not in unit:
        assert max(len(sentence.text) for sentence in sentences) <= LONGEST


@pytest.mark.evaluation
@pytest.mark.parametrize(
    ("language", "floor"),
    [
        (Language.ENGLISH, 0.995),
        (Language.RUSSIAN, 0.98),
        (Language.PERSIAN, 0.99),
        (Language.DARI, 0.985),
        (Language.PASHTO, 0.96),
    ],
)
def test_boundaries_of_documents(language: Language, floor: float, evaluation_data: Path) -> None:
    """Rows of a document joined by a space; ends that carry no mark are nobody's to find and are not counted."""
    lines = (evaluation_data / "parallel" / "ntrex128.en-prs-ps-ru-fa.tsv").read_text("utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines)
    documents = defaultdict(list)
    for row in rows:
        documents[row[1]].append(row[header.index(language.value)].strip(" \u200e\u200f"))
    hits = wrong = missed = 0
    for parts in documents.values():
        text = " ".join(parts)
        ends: set[int] = set()
        optional: set[int] = set()
        position = 0
        for part in parts:
            position += len(part) + 1
            marked = part.rstrip("\"»”'’)\u200e\u200f ")[-1:] in tuple(".?!؟۔…")
            (ends if marked else optional).add(len("".join(text[:position].split())))
        found = {len("".join(text[: s.stop].split())) for s in segment(text, language)[:-1]}
        ends.discard(len("".join(text.split())))
        hits += len(ends & found)
        wrong += len(found - ends - optional)
        missed += len(ends - found)
    assert 2 * hits / (2 * hits + wrong + missed) >= floor
