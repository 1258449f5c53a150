"""Language of lines and of mixed texts: hard cases by hand, promises about any text, and the bars on held-out rows."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pipelines.identify import identify, identify_lines
from pipelines.languages import Language

LINES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("lines.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

ENGLISH = "The governor said the road would stay closed until Thursday because of the floods in the valley."
RUSSIAN = "Губернатор сообщил, что дорога на север из-за наводнения останется закрытой до четверга."
PERSIAN = "استاندار گفت که جاده به دلیل سیل در دره تا روز پنجشنبه بسته خواهد بود و مردم نباید سفر کنند."
PASHTO = "والي وویل چې لاره به د سېلابونو له امله تر پنجشنبې پورې بنده وي او خلک دې سفر نه کوي."


@pytest.mark.parametrize(("language", "text"), [(row[0], row[2]) for row in LINES], ids=lambda value: value[:40])
def test_line(language: str, text: str) -> None:
    assert identify(text).language == language


@pytest.mark.parametrize(
    ("main", "quoted", "language"),
    [
        (PERSIAN, ENGLISH, Language.PERSIAN),
        (PASHTO, PERSIAN, Language.PASHTO),
        (RUSSIAN, ENGLISH, Language.RUSSIAN),
        (ENGLISH, PERSIAN, Language.ENGLISH),
        (ENGLISH, RUSSIAN, Language.ENGLISH),
    ],
)
def test_main_language_of_the_body(main: str, quoted: str, language: Language) -> None:
    guess = identify(f"{main}\n\n{quoted}\n\n{main}\n\n{main}")
    assert guess.language is language
    assert 0.6 < guess.confidence < 0.95, "a quarter of the text is in another language, and the confidence says so"


def test_a_long_line_is_weighed_in_pieces() -> None:
    assert identify(" ".join([PASHTO] * 40 + [ENGLISH] * 25)).language is Language.PASHTO


def test_addresses_and_handles_are_not_english() -> None:
    text = "د څېړنې پایله: https://www.example.com/news/2021/the-long-english-path-of-an-article @SomeEnglishHandle"
    assert identify(text).language is Language.PASHTO


def test_dari_is_scored_for_persian_only() -> None:
    dari, iranian = (identify(next(r[2] for r in LINES if r[0] == code)).dari for code in ("prs", "fa"))
    assert dari is not None
    assert iranian is not None
    assert 0 <= iranian < 0.3
    assert 0.7 < dari <= 1
    assert identify(PASHTO).dari is None


def test_no_letters_no_confidence() -> None:
    for text in ("", " \n ", "۱۴۰۰/۲/۳", "…!?"):
        assert (identify(text).language, identify(text).confidence) == (Language.UNKNOWN, 0.0)


def test_lines_answer_one_by_one() -> None:
    languages = [guess.language for guess in identify_lines([ENGLISH, "", PASHTO])]
    assert languages == [Language.ENGLISH, Language.UNKNOWN, Language.PASHTO]


def test_langdetect_stays_unloaded_for_a_clear_article() -> None:
    code = f"import sys; from pipelines.identify import identify; identify({ENGLISH * 5!r}); print('langdetect' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_sound_guess(text: str) -> None:
    guess = identify(text)
    assert 0 <= guess.confidence <= 1
    assert (guess.dari is not None) == guess.language.persian
    assert guess == identify(text)


@pytest.mark.evaluation
def test_bars(evaluation_data: Path) -> None:
    rows = [line.split("\t") for line in (evaluation_data / "lid" / "lid.tsv").read_text("utf-8").splitlines()[1:]]
    hits = defaultdict(list)
    for (gold, *_), guess in zip(rows, identify_lines([row[3] for row in rows]), strict=True):
        found = "fa" if guess.language.persian else guess.language.value
        hits[gold.replace("prs", "fa")].append(found)
    for language in ("en", "ru", "ps", "fa"):
        assert hits[language].count(language) >= 0.995 * len(hits[language]), language
    for language in ("ar", "ur", "tg", "uz-Latn", "ky", "uz-Cyrl"):
        assert hits[language].count("und") >= 0.96 * len(hits[language]), language
    pashto = identify_lines([" ".join(row[3].split()[:4]) for row in rows if row[0] == "ps"])
    assert sum(guess.language is Language.PASHTO for guess in pashto) >= 0.96 * len(pashto)
