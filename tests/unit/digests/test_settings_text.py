"""What people type for a channel's settings, in the digits and separators of five languages."""

from __future__ import annotations

from datetime import time

import pytest

from bot.digests.schedule import MOST_TIMES
from bot.digests.settings_text import (
    MOST_ADDRESSES,
    ZONES,
    ChatAddress,
    SettingTextError,
    parse_addresses,
    parse_chat,
    parse_heading,
    parse_quiet,
    parse_terms,
    parse_times,
    parse_weekdays,
    parse_zone,
)
from bot.i18n import SPOKEN, say


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("08:00 18:30", (time(8), time(18, 30))),
        ("18:30, 8:00", (time(8), time(18, 30))),
        ("8 and 18.30", (time(8), time(18, 30))),
        ("8", (time(8),)),
        ("8:00 и 20:00", (time(8), time(20))),
        ("۸:۰۰ و ۱۸:۳۰", (time(8), time(18, 30))),
        ("۰۸:۰۰، ۱۸:۳۰", (time(8), time(18, 30))),
        ("٠٨:٠٠ او ١٨:٣٠", (time(8), time(18, 30))),
        ("08:00\n08:00\n23:59", (time(8), time(23, 59))),
        ("00:00", (time(0),)),
    ],
)
def test_times_of_the_day(text: str, times: tuple[time, ...]) -> None:
    assert parse_times(text) == times


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("24:00", "channels-bad-time"),
        ("8:60", "channels-bad-time"),
        ("morning", "channels-bad-time"),
        ("8:5", "channels-bad-time"),
        ("-8:00", "channels-bad-time"),
        ("", "channels-bad-times"),
        (" ,, ", "channels-bad-times"),
        (" ".join(f"{minute // 60:02}:{minute % 60:02}" for minute in range(MOST_TIMES + 1)), "channels-bad-times"),
    ],
)
def test_what_is_no_time_is_said(text: str, key: str) -> None:
    with pytest.raises(SettingTextError) as raised:
        parse_times(text)
    assert raised.value.key == key
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    "text", ["23:00-07:00", "23:00 – 7", "from 23:00 to 07:00", "с 23.00 до 7.00", "از ۲۳:۰۰ تا ۷:۰۰"]
)
def test_a_quiet_time_may_pass_midnight(text: str) -> None:
    assert parse_quiet(text) == (time(23), time(7))


@pytest.mark.parametrize("text", ["23:00", "7-7", "1 2 3", "never"])
def test_a_quiet_time_is_two_times(text: str) -> None:
    with pytest.raises(SettingTextError):
        parse_quiet(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon,wed", (0, 2)),
        ("sat-wed", (0, 1, 2, 5, 6)),
        ("Fri", (4,)),
        ("daily", ()),
        ("mon-sun", ()),
        ("sun-sun", (6,)),
    ],
)
def test_weekdays(text: str, days: tuple[int, ...]) -> None:
    assert parse_weekdays(text) == days


@pytest.mark.parametrize("text", ["monday", "mon-", "-mon", "1-5"])
def test_what_is_no_weekday_is_said(text: str) -> None:
    with pytest.raises(SettingTextError):
        parse_weekdays(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Kabul", "Asia/Kabul"),
        ("asia/kabul", "Asia/Kabul"),
        (" kabul ", "Asia/Kabul"),
        ("New York", "America/New_York"),
        ("utc", "UTC"),
        ("Москва", "Europe/Moscow"),
    ],
)
def test_zones_by_name_city_and_their_name_in_the_readers_language(text: str, zone: str) -> None:
    assert parse_zone(text, {"Москва": "Europe/Moscow"}) == zone


@pytest.mark.parametrize("text", ["", "Kabulistan", "../../etc/passwd", "UTC+4"])
def test_what_is_no_zone_is_said(text: str) -> None:
    with pytest.raises(SettingTextError):
        parse_zone(text)


def test_every_zone_that_is_offered_is_one() -> None:
    assert [parse_zone(zone) for zone in ZONES] == list(ZONES)


def test_terms_are_separated_as_each_language_does_and_come_once() -> None:
    assert parse_terms("war, Flood;flood\n زلزله،  سیل ؛") == ("war", "Flood", "زلزله", "سیل")
    assert parse_terms("  new   york  ") == ("new york",)
    assert parse_terms(" \n ") == ()
    with pytest.raises(SettingTextError):
        parse_terms("a" * 101)
    with pytest.raises(SettingTextError):
        parse_terms(",".join(map(str, range(101))))


def test_a_heading_is_one_line() -> None:
    assert parse_heading(" News\n of the  day ") == "News of the day"
    with pytest.raises(SettingTextError):
        parse_heading("a" * 201)


def test_addresses_one_a_line_or_in_a_row() -> None:
    text = "https://a.example/feed\n- @channel, b.example/1,2.xml\n\n• @channel"
    assert parse_addresses(text) == ("https://a.example/feed", "@channel", "b.example/1,2.xml")
    with pytest.raises(SettingTextError):
        parse_addresses("\n".join(f"site{number}.example" for number in range(MOST_ADDRESSES + 1)))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("-1001234567890", ChatAddress(number=-1001234567890)),
        ("-1001234567890/12", ChatAddress(number=-1001234567890, topic_id=12)),
        ("@bbcpersian", ChatAddress(name="bbcpersian")),
        ("https://t.me/bbcpersian", ChatAddress(name="bbcpersian")),
        ("t.me/bbcpersian/123", ChatAddress(name="bbcpersian")),
        ("https://t.me/c/1234567890/12", ChatAddress(number=-1001234567890, topic_id=12)),
        ("https://t.me/c/1234567890/12/345", ChatAddress(number=-1001234567890, topic_id=12)),
    ],
)
def test_chats_by_number_name_and_link(text: str, address: ChatAddress) -> None:
    assert parse_chat(text) == address


@pytest.mark.parametrize("text", ["", "1001234567890", "news", "@x", "https://example.org/a", "-" + "1" * 30])
def test_what_names_no_chat_is_said(text: str) -> None:
    with pytest.raises(SettingTextError) as raised:
        parse_chat(text)
    for speech in SPOKEN:
        assert say(speech, raised.value.key, **raised.value.arguments)
