"""The extractive summary is faithful by construction: whatever the article, it is copied, checked and never warned of.

And the check has teeth: a digit, a name or a quotation changed in a summary sentence is always warned of.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings, strategies as st

from pipelines.languages import READ, Language
from pipelines.models import Article, Sentence, Summary, SummarySentence
from pipelines.summarise import CentroidSummariser, SummaryLength
from pipelines.verify import numbers, quotations, verify_summary

if TYPE_CHECKING:
    from pathlib import Path

# Words of every script with what makes parsing hard: quotes of all kinds, numbers of all kinds, marks, combining letters
PIECES = (
    "He said", "But", "Kabul", "the", "U.S.", "Taliban’s", "o'clock", "O'Brien", "Он", "Кабулов", "Кабулова", "и", "МИД", "ещё",
    "он", "او", "طالبان", "کتاب‌ها", "می‌رود", "هغه", "د", "کې", "ښوونځي", "مُحَمَّد", "İstanbul", "ǅ", "ß", "ﬁ", "é", "e\u0301",
    "1,200", "1 200", "۱٬۲۰۰", "۳/۵", "3.5%", "12:30", "28.01.2021", "2,5 млн", "-5", "F-16", "½", "²", "۱۰", "millions", "درصد",
    "“", "”", "„", "«", "»", '"', "'", "‘", "’", "''", "—", "-", ":", ",", "(", ")", "…", "\u200c", "\u200f", "\u0301", "\u00a0",
    ".", ".", "!", "?", "؟", "۔", "Photo:", "READ MORE",
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, list[Sentence]]:
    sentences: list[Sentence] = []
    text = ""
    for index in range(draw(st.integers(1, 8))):
        pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=14))
        glue = draw(st.sampled_from((" ", " ", "")))
        line = re.sub(r"\n\s*\n", "\n", glue.join(pieces)).strip()
        if not line:
            continue
        text += draw(st.sampled_from((" ", "\n\n"))) if text else ""
        heading = draw(st.booleans()) and draw(st.booleans())
        start = len(text)
        text += line
        sentences.append(Sentence(index=index, start=start, stop=len(text), text=line, heading=heading))
    return article(text, draw(st.sampled_from(READ)), draw(st.sampled_from((None, "Taliban in Kabul")))), sentences


def article(text: str, language: Language, title: str | None = None) -> Article:
    return Article(
        url=None,
        title=title,
        outlet=None,
        author=None,
        published=None,
        text=text,
        headings=(),
        language=language,
        extractor="test",
    )


@settings(max_examples=200, deadline=None)
@given(articles(), st.integers(1, 5), st.one_of(st.none(), st.integers(1, 300)))
def test_an_extractive_summary_is_copied_bounded_and_never_warned_of(
    made: tuple[Article, list[Sentence]], many: int, characters: int | None
) -> None:
    whole, sentences = made
    summary = CentroidSummariser().summarise(whole, sentences, SummaryLength(many, characters))
    by_index = {sentence.index: sentence for sentence in sentences}
    cited = [index for sentence in summary.sentences for index in sentence.source_sentences]
    assert cited == sorted(set(cited))
    assert len(cited) <= many
    assert bool(cited) is any(not sentence.heading for sentence in sentences)
    for sentence in summary.sentences:
        source = by_index[sentence.source_sentences[0]]
        assert sentence.text == source.text == whole.text[source.start : source.stop]
        assert not source.heading
    shown = " ".join(sentence.text for sentence in summary.sentences)
    assert characters is None or len(shown) <= characters or len(cited) == 1
    assert verify_summary(whole, sentences, summary) == []


@settings(max_examples=50, deadline=None)
@given(articles())
def test_the_same_article_gives_the_same_summary(made: tuple[Article, list[Sentence]]) -> None:
    whole, sentences = made
    first, second = (CentroidSummariser().summarise(whole, sentences, SummaryLength(3)) for _ in range(2))
    assert first == second


def real_articles(evaluation_data: Path) -> list[tuple[Article, list[Sentence]]]:
    """CNN/DM and BBC articles split roughly, and NTREX news documents in five languages split by row."""
    found = []
    for name in ("cnndm", "bbc_articles"):
        for line in (evaluation_data / "summaries" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            spans = [match.span() for match in re.finditer(r"\S(?:.*?[.!?؟۔]['’”\"»]*(?=\s)|.*$)", text, re.MULTILINE)]
            sentences = [Sentence(index=i, start=a, stop=b, text=text[a:b]) for i, (a, b) in enumerate(spans)]
            found.append((article(text, Language(row["lang"]), row.get("title")), sentences))
    documents: dict[tuple[str, str], list[str]] = defaultdict(list)
    with (evaluation_data / "parallel" / "ntrex128.en-prs-ps-ru-fa.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            for language in READ:
                documents[row["doc_id"], language.value].append(row[language.value].strip())
    for (_, code), lines in documents.items():
        text, sentences = "", []
        for index, line in enumerate(lines[1:]):
            text += "\n\n" if text else ""
            sentences.append(Sentence(index=index, start=len(text), stop=len(text) + len(line), text=line))
            text += line
        found.append((article(text, Language(code), lines[0]), sentences))
    return found


@pytest.mark.evaluation
def test_real_articles_give_a_summary_without_a_warning(evaluation_data: Path) -> None:
    for whole, sentences in real_articles(evaluation_data):
        summary = CentroidSummariser().summarise(whole, sentences, SummaryLength(3))
        assert summary.sentences
        assert verify_summary(whole, sentences, summary) == []


@pytest.mark.evaluation
def test_real_summaries_with_a_changed_digit_name_or_quotation_are_warned_of(evaluation_data: Path) -> None:
    planted: dict[str, int] = defaultdict(int)
    for whole, sentences in real_articles(evaluation_data):
        summary = CentroidSummariser().summarise(whole, sentences, SummaryLength(3))
        for sentence in summary.sentences:
            for kind, changed in changes(sentence.text, whole.language):
                lie = Summary(
                    sentences=(SummarySentence(text=changed, source_sentences=sentence.source_sentences),),
                    backend="lie",
                )
                codes = {warning.code for warning in verify_summary(whole, sentences, lie)}
                assert f"unsupported_{kind}" in codes, (changed, sentence.text)
                planted[kind] += 1
    assert min(planted[kind] for kind in ("number", "name", "quote")) >= 50, planted


def changes(text: str, language: Language) -> list[tuple[str, str]]:
    """The text with a digit, a name or a word of a quotation changed, one at a time."""
    found = []
    others = {number.value for number in numbers(text)}
    for number in numbers(text):
        digit = next(i for i in range(number.start, number.stop) if text[i].isdecimal())
        changed = text[:digit] + ("8" if text[digit] in "7۷٧" else "7") + text[digit + 1 :]
        if not {n.value for n in numbers(changed)} <= others:
            found.append(("number", changed))
    stranger = {"ru": "Зюзюкин", "en": "Xanthopoulos"}.get(language.value, "ژوژمبورگ")
    if language in (Language.ENGLISH, Language.RUSSIAN):
        places = [m.span() for m in re.finditer(r"(?<=[a-zа-я] )[A-ZА-Я][a-zа-я]{3,}\b", text)]
    else:
        places = [m.span() for m in re.finditer(r"(?<=\s)\w{4,}(?=\s)", text)][:3]
    found += [("name", text[:start] + stranger + text[stop:]) for start, stop in places]
    for quotation in quotations(text):
        words = list(re.finditer(r"\w{3,}", text[quotation.start : quotation.stop]))
        if len(words) > 1:
            start, stop = (quotation.start + edge for edge in words[1].span())
            found.append(("quote", text[:start] + "xyzzy" + text[stop:]))
    return found


@given(
    st.sampled_from(("Zamir Kabulov told Tolo News that 1,200 men had left “for good” on Monday.",)),
    st.integers(0, 10**9),
)
def test_any_other_number_is_warned_of(sentence: str, number: int) -> None:
    assume(number != 1200)
    whole = article(sentence, Language.ENGLISH)
    source = [Sentence(index=0, start=0, stop=len(sentence), text=sentence)]
    lie = SummarySentence(text=sentence.replace("1,200", str(number)), source_sentences=(0,))
    found = verify_summary(whole, source, Summary(sentences=(lie,), backend="lie"))
    assert [warning.code for warning in found] == ["unsupported_number"]
