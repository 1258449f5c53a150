"""Days as pages write them."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.extract.dates import compact_date, find_date, solar_to_gregorian


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("November 19th, 2019", date(2019, 11, 19)),
        ("Published 11:34 PM EST Nov 19, 2019", date(2019, 11, 19)),
        ("18 NOV 2019", date(2019, 11, 18)),
        ("Опубликовано 29 декабря 2020 года в 12:30", date(2020, 12, 29)),
        ("13.12.2020, 14:05", date(2020, 12, 13)),
        ("۲۹ بهمن ۱۳۹۸", date(2020, 2, 18)),
        ("چهارشنبه ۱ ثور ۱۴۰۰", date(2021, 4, 21)),
        ("د ۱۴۰۰ کال د وږي ۵", date(2021, 8, 27)),
        ("۲۴ اپریل ۲۰۲۰", date(2020, 4, 24)),
        ("24 أبريل 2020", date(2020, 4, 24)),
        ("۱۳۹۹/۰۹/۱۱", date(2020, 12, 1)),
        ("25/12/2021", date(2021, 12, 25)),
        ("12/25/2021", date(2021, 12, 25)),
    ],
)
def test_dates_of_five_languages(text: str, day: date) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text", ["03/04/2021", "May be found in 2020", "32 May 2020", "Route 6", "2 мая", "30 حوت 1398", ""]
)
def test_no_date_where_none_is_stated_or_it_reads_two_ways(text: str) -> None:
    assert find_date(text) is None


def test_solar_leap_years() -> None:
    assert solar_to_gregorian(1399, 12, 30) == date(2021, 3, 20)
    assert solar_to_gregorian(1400, 1, 1) == date(2021, 3, 21)
    assert solar_to_gregorian(1403, 1, 1) == date(2024, 3, 20)
    with pytest.raises(ValueError, match="no day"):
        solar_to_gregorian(1400, 12, 30)


def test_machine_dates() -> None:
    assert compact_date("2024-09-03T04:03:19Z") == date(2024, 9, 3)
    assert compact_date("20240903T0403") == date(2024, 9, 3)
    assert compact_date("yesterday") is None
