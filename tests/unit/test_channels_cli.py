"""``khabar channels`` as an operator meets it: a server that is run from files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.digests.commands import refused, run, site, url, well
from tests.unit.digests.sites import Web, item

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL, TOPIC = "-1001234567890", "-1001234567890/12"

__all__ = ["site", "url"]


def listed(url: str) -> Any:
    return json.loads(well(url, "channels", "list", "--format", "json"))


def test_a_channel_is_made_off_with_usual_settings(url: str) -> None:
    assert "off; 08:00 18:00 daily Asia/Kabul; 0 feeds" in well(url, "channels", "set", CHANNEL)
    (row,) = listed(url)
    assert (row["id"], row["chat"], row["topic"], row["enabled"]) == (1, int(CHANNEL), None, False)
    assert row["due_at"] is None


def test_every_setting_by_its_option(url: str) -> None:
    well(
        url, "channels", "set", TOPIC, "--languages", "prs,ps", "--times", "7:15 19.45", "--days", "sat-wed", "--timezone",
        "moscow", "--length", "long", "--items", "20", "--include", "سیل، زلزله", "--exclude", "sport", "--least-sources", "2",
        "--heading", "خبر ۲۴", "--say-when-empty",
    )  # fmt: skip
    (row,) = listed(url)
    assert row["topic"] == 12
    assert row["languages"] == ["prs", "ps"]
    assert row["schedule"] == "07:15 19:45 Mon Tue Wed Sat Sun Europe/Moscow"
    assert (row["length"], row["most_items"], row["least_sources"]) == ("long", 20, 2)
    assert (row["include"], row["exclude"], row["heading"]) == (["سیل", "زلزله"], ["sport"], "خبر ۲۴")
    assert row["say_when_empty"] is True
    well(url, "channels", "set", "1", "--live", "--quiet", "23-7", "--days", "daily", "--include", "")
    (row,) = listed(url)
    assert row["schedule"] == "live quiet 23:00-07:00 daily Europe/Moscow"
    assert row["include"] == []
    assert row["most_items"] == 20, "what is not named stays"
    well(url, "channels", "set", TOPIC, "--quiet", "none")
    assert listed(url)[0]["schedule"] == "live daily Europe/Moscow"
    well(url, "channels", "set", TOPIC, "--times", "06:00")
    assert listed(url)[0]["schedule"] == "06:00 daily Europe/Moscow"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--times", "25:00"),
        ("--times", ""),
        ("--live", "--times", "08:00"),
        ("--quiet", "23:00-07:00"),
        ("--days", "someday"),
        ("--timezone", "Mars"),
        ("--languages", "de"),
        ("--languages", ""),
        ("--items", "21"),
        ("--length", "epic"),
        ("--heading", "x" * 201),
        (
            "--include",
            ",".join(f"a{number}" for number in range(60)),
            "--exclude",
            ",".join(f"b{n}" for n in range(60)),
        ),
    ],
    ids=str,
)
def test_an_option_that_makes_no_sense_changes_nothing(url: str, arguments: tuple[str, ...]) -> None:
    refused(url, "channels", "set", CHANNEL, *arguments, code=2)
    assert listed(url) == []


@pytest.mark.parametrize("name", ["@khabar", "news", "-x"])
def test_a_channel_is_named_by_number(url: str, name: str) -> None:
    assert "number" in refused(url, "channels", "set", name, code=2)


def test_on_and_off_and_gone(site: Web, url: str) -> None:
    well(url, "channels", "set", CHANNEL)
    assert "khabar feeds add" in refused(url, "channels", "enable", CHANNEL)
    well(url, "feeds", "add", site.rss("/feed", "Wire", item(1, "One")), "--channel", CHANNEL)
    assert "on, due 20" in well(url, "channels", "enable", CHANNEL)
    (row,) = listed(url)
    assert row["enabled"] is True
    assert row["due_at"] is not None
    said = well(url, "channels", "show", CHANNEL)
    assert "Wire" in said
    assert "most_items" in said
    assert json.loads(well(url, "channels", "show", "1", "--format", "json"))["feeds"][0]["title"] == "Wire"
    assert "off" in well(url, "channels", "disable", "1")
    assert run(url, "channels", "delete", CHANNEL).exit_code == 1, "nobody said yes"
    assert len(listed(url)) == 1
    well(url, "channels", "delete", CHANNEL, "--yes")
    assert listed(url) == []
    for command in ("show", "enable", "disable", "preview"):
        assert "There is no channel" in refused(url, "channels", command, CHANNEL)


def test_all_channels_go_to_another_server_as_a_file(site: Web, url: str, tmp_path: Path) -> None:
    well(url, "channels", "set", CHANNEL, "--items", "3")
    well(url, "channels", "set", TOPIC, "--live")
    well(url, "feeds", "add", site.rss("/feed", "Wire", item(1, "One")), "--channel", CHANNEL)
    well(url, "channels", "enable", CHANNEL)
    file = tmp_path / "channels.json"
    assert "2 channels" in well(url, "channels", "export", "-o", str(file))
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    assert "2 channels, 1 feeds" in well(other, "channels", "import", str(file))
    rows = listed(other)
    assert [(row["chat"], row["topic"], row["enabled"], row["most_items"]) for row in rows] == [
        (int(CHANNEL), None, True, 3),
        (int(CHANNEL), 12, False, 7),
    ]
    well(other, "channels", "import", str(file), "--disabled")
    assert [row["enabled"] for row in listed(other)] == [False, False]
    file.write_text(file.read_text().replace('"live"', '"often"'))
    assert "Subscription 2 of the file" in refused(other, "channels", "import", str(file))
    assert len(listed(other)) == 2


def test_the_list_is_a_table(url: str) -> None:
    well(url, "channels", "set", CHANNEL, "--languages", "ps")
    head, row = well(url, "channels", "list").splitlines()[:2]
    assert head.split()[:2] == ["ID", "CHAT"]
    assert row.split()[:2] == ["1", CHANNEL]
