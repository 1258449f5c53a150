"""Each check on lines that a linguist can read."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.languages import Language
from pipelines.verify import verify_translation
from pipelines.verify.jalali import gregorian, gregorian_months, leap
from pipelines.verify.negation import negations
from pipelines.verify.pair import Side
from pipelines.verify.quantities import quantities


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "twenty-five", ["25"]),
        ("en", "two hundred and five thousand", ["205000"]),
        ("en", "half a million", ["500000"]),
        ("en", "two and a half million", ["2500000"]),
        ("ru", "двадцати пяти", ["25"]),
        ("ru", "3 млн 200 тыс.", ["3200000"]),
        ("ru", "два с половиной миллиона", ["2500000"]),
        ("ru", "двести пять тысяч", ["205000"]),
        ("fa", "بیست و پنج", ["25"]),
        ("fa", "بیست‌وپنج", ["25"]),
        ("fa", "۲ هزار و ۵۰۰", ["2500"]),
        ("prs", "سه صد", ["300"]),
        ("fa", "یک میلیون و ۲۰۰ هزار", ["1200000"]),
        ("ps", "پنځه ویشت", ["25"]),
        ("ps", "پنځه دېرش", ["35"]),
        ("ps", "دوه سوه او پنځه", ["205"]),
        ("ps", "۲ زره او ۵۰۰", ["2500"]),
        ("ps", "یو نیم میلیون", ["1500000"]),
        ("en", "three or four", ["3", "4"]),
        ("fa", "سه چهار", ["3", "4"]),
    ],
)
def test_quantities_in_words_and_digits(language: str, text: str, values: list[str]) -> None:
    assert [quantity.value for quantity in quantities(Side(text, Language(language)))] == values


def test_the_first_of_a_range_shares_the_scale() -> None:
    first, second = quantities(Side("10-15 million", Language.ENGLISH))
    assert first.also == ("10000000",)
    assert second.value == "15000000"


@pytest.mark.parametrize(
    ("jalali", "day"),
    [
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1402, 7, 15), date(2023, 10, 7)),
        ((1357, 2, 7), date(1978, 4, 27)),
        ((1300, 1, 1), date(1921, 3, 21)),
        ((1400, 12, 30), None),
        ((1400, 13, 1), None),
    ],
)
def test_jalali_days(jalali: tuple[int, int, int], day: date | None) -> None:
    assert gregorian(*jalali) == day


def test_leap_years_of_the_calendar() -> None:
    assert [year for year in range(1370, 1410) if leap(year)] == [
        1370,
        1375,
        1379,
        1383,
        1387,
        1391,
        1395,
        1399,
        1403,
        1408,
    ]
    assert gregorian_months(12) == (2, 3)


@pytest.mark.parametrize(
    ("language", "text", "hard"),
    [
        ("en", "He did not come and nobody asked.", 2),
        ("en", "Not only Kabul but Herat too.", 0),
        ("ru", "Никто не пришёл.", 1),
        ("ru", "Он чуть не погиб.", 0),
        ("fa", "نه تنها کابل بلکه هرات", 0),
        ("fa", "او نمی‌آید", 1),
        ("ps", "له ۲۰ نه زیات کسان", 0),
        ("ps", "هغه نه راځي", 1),
    ],
)
def test_negators_are_counted(language: str, text: str, hard: int) -> None:
    assert len(negations(Side(text, Language(language))).hard) == hard


@pytest.mark.parametrize(
    ("source_language", "source", "target_language", "target"),
    [
        ("prs", "این قرارداد در ۵ حوت ۱۴۰۰ امضا شد.", "en", "This agreement was signed on 24 February 2022."),
        ("en", "The talks will be held at 6 pm.", "ru", "Переговоры пройдут в 18:00."),
        ("en", "It was built in the 1990s.", "ru", "Он был построен в 90-х годах."),
        ("en", "Both men were released.", "prs", "هر دو مرد آزاد شدند."),
        ("en", "UN", "ru", "Организация Объединённых Наций"),
        ("fa", "وزیر خارجه به کابل رفت.", "prs", "وزیر خارجه به کابل رفت."),
        ("en", "The F-16 jets arrived in Kabul.", "ru", "Истребители F-16 прибыли в Кабул."),
    ],
)
def test_equal_in_another_shape(source_language: str, source: str, target_language: str, target: str) -> None:
    assert not verify_translation(
        source,
        target,
        source_language=Language(source_language),
        target_language=Language(target_language),
        where="title",
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("این قرارداد در ۵ حوت ۱۴۰۱ امضا شد.", "date_changed"),
        ("این قرارداد در ۶ حوت ۱۴۰۰ امضا شد.", "date_changed"),
        ("", "empty"),
    ],
)
def test_what_a_conversion_does_not_excuse(target: str, code: str) -> None:
    found = verify_translation(
        "This agreement was signed on 24 February 2022.",
        target,
        source_language=Language.ENGLISH,
        target_language=Language.DARI,
        where="summary[1]",
    )
    assert code in {warning.code for warning in found}
    assert {warning.where for warning in found} == {"summary[1]"}
