"""Numbers: the same quantity in two scripts or styles is one value, two quantities are two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from pipelines.verify import numbers


def values(text: str) -> list[str]:
    return [number.value for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 men", ["1200"]),
        ("1200", ["1200"]),
        ("1 200 человек", ["1200"]),
        ("1\u00a0200 человек", ["1200"]),
        ("1\u202f200\u202f000", ["1200000"]),
        ("۱٬۲۰۰ نفر", ["1200"]),
        ("۱،۲۰۰ نفر", ["1200"]),
        ("١٢٠٠", ["1200"]),
        ("1.200.000", ["1200000"]),
        ("1'200'000", ["1200000"]),
        ("1,234.56", ["1234.56"]),
        ("3.5", ["3.5"]),
        ("3,5", ["3.5"]),
        ("3.50", ["3.5"]),
        ("۳٫۵", ["3.5"]),
        ("۳/۵ درصد", ["3.5"]),
        ("0,125", ["0.125"]),
        ("1.200", ["1.2"]),
        ("007", ["7"]),
        ("10–15", ["10", "15"]),
        ("10-15", ["10", "15"]),
        ("-5 °C, −7", ["-5", "-7"]),
        ("F-16, G20, COVID-19, 19th", ["16", "20", "19", "19"]),
        ("at 12:30 and 9:05", ["12:30", "09:05"]),
        ("ساعت ۱۲:۳۰", ["12:30"]),
        ("28.01.2021", ["28/1/2021"]),
        ("2021-01-28", ["28/1/2021"]),
        ("۲۸/۰۱/۲۰۲۱", ["28/1/2021"]),
        ("28/1/2021", ["28/1/2021"]),
        ("2.5 million", ["2500000"]),
        ("2,5 млн рублей", ["2500000"]),
        ("2,5 миллиона", ["2500000"]),
        ("۲٫۵ میلیون", ["2500000"]),
        ("۲.۵ ملیون", ["2500000"]),
        ("$2.5m, $3bn", ["2500000", "3000000000"]),
        ("5 m deep, 5m", ["5", "5"]),
        ("15 тысяч", ["15000"]),
        ("15 тыс. человек", ["15000"]),
        ("۱۵ هزار", ["15000"]),
        ("۱۵ زره کسان", ["15000"]),
        ("3 thousandths", ["3"]),
        ("no figures: one, two", []),
        ("", []),
    ],
)
def test_value(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["35%", "35 %", "35 percent", "35 per cent", "35 процентов", "۳۵ درصد", "۳۵٪", "۳۵ فیصد"]
)
def test_percent_is_told_from_a_plain_number(text: str) -> None:
    (number,) = numbers(text)
    assert (number.value, number.percent) == ("35", True)
    assert not numbers("35 people")[0].percent


def test_offsets_are_of_the_text_itself() -> None:
    text = "حدود ۲٫۵ میلیارد دالر و ۳/۵ درصد"
    assert (
        [text[n.start : n.stop] for n in numbers(text)]
        == [n.text for n in numbers(text)]
        == ["۲٫۵ میلیارد", "۳/۵ درصد"]
    )


@given(st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣.,٬٫/:- %٪ mмлنmillion\n"))
def test_any_text_parses_into_ordered_spans(text: str) -> None:
    found = numbers(text)
    assert all(text[n.start : n.stop] == n.text for n in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))


@given(st.integers(min_value=0, max_value=10**60), st.integers(min_value=0, max_value=10**60))
def test_two_numbers_of_any_length_are_equal_only_if_they_are(one: int, other: int) -> None:
    assert (values(f"{one}") == values(f"{other}")) is (one == other)


@given(st.integers(min_value=0, max_value=10**12))
def test_every_style_of_thousands_is_one_value(number: int) -> None:
    grouped = f"{number:,}"
    persian = grouped.translate(str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬"))
    assert values(grouped) == values(persian) == values(grouped.replace(",", "\u00a0")) == [str(number)]
