"""Entities, Telegram's HTML and rich messages: what is found, what is kept, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.fake.errors import Violation
from tests.telegram.fake.markup import parse_html
from tests.telegram.fake.rich import parse_rich
from tests.telegram.fake.rich_blocks import rich_message
from tests.telegram.fake.text import checked, detected, trimmed, utf16_length, utf16_slice


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start ref", [("bot_command", "/start")]),
        (
            "/digest@khabar_test_bot 😀 https://a.org/x?y=1.",
            [("bot_command", "/digest@khabar_test_bot"), ("url", "https://a.org/x?y=1")],
        ),
        ("خبر: https://a.af/خبر؟ و", [("url", "https://a.af/خبر")]),
        ("see tolonews.com/af, ok", [("url", "tolonews.com/af")]),
        ("😀😀 @khabar_test_bot hi", [("mention", "@khabar_test_bot")]),
        ("write me@example.org #کابل", [("email", "me@example.org"), ("hashtag", "#کابل")]),
        ("9/11 and and/or, no@", []),
    ],
)
def test_entities_are_found_as_telegram_finds_them(text: str, found: list[tuple[str, str]]) -> None:
    entities = detected(text, [])
    assert [(e["type"], utf16_slice(text, e)) for e in entities] == found
    assert checked(text, entities) == entities


def test_a_given_link_is_not_found_again() -> None:
    given = [{"type": "text_link", "offset": 0, "length": 13, "url": "https://b.org"}]
    assert detected("https://a.org", given) == given


@pytest.mark.parametrize(
    ("entities", "why"),
    [
        ([{"type": "bold", "offset": 0, "length": 9}], "ends after the end of the text"),
        ([{"type": "bold", "offset": 1, "length": 1}], "begins in a middle of a UTF-16 symbol"),
        ([{"type": "bold", "offset": 0, "length": 1}], "ends in a middle of a UTF-16 symbol"),
        ([{"type": "bold", "offset": -1, "length": 1}], "incorrect offset"),
        ([{"type": "bold", "offset": 0, "length": 0}], "incorrect offset"),
        ([{"type": "loud", "offset": 0, "length": 2}], "unsupported type"),
        ([{"type": "text_link", "offset": 0, "length": 2}], "'url' is required"),
        ([{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 2, "length": 4}], "crosses another"),
        (
            [{"type": "pre", "offset": 0, "length": 4}, {"type": "bold", "offset": 0, "length": 2}],
            "nothing nests with pre",
        ),
        ([{"type": "bold", "offset": 2, "length": 2}] * 101, "ENTITIES_TOO_LONG"),
    ],
)
def test_wrong_entities_are_refused(entities: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(Violation, match=why):
        checked("😀abcd", entities)


def test_blanks_round_a_text_go_and_entities_move_along() -> None:
    kept = trimmed(
        " \n😀 b \n", [{"type": "bold", "offset": 1, "length": 8}, {"type": "code", "offset": 6, "length": 2}]
    )
    assert kept.text == "😀 b"
    assert kept.entities == [{"type": "bold", "offset": 0, "length": 4}]


def test_html_becomes_text_with_entities() -> None:
    source = (
        '😀 <b>bold <i>both</i></b> <a href="https://a.org/?x=1&amp;y=2">link</a> <tg-spoiler>s</tg-spoiler>&lt;&#x2019;&nbsp;'
        '<pre><code class="language-py">1</code></pre><blockquote expandable>q</blockquote>'
    )
    parsed = parse_html(source)
    assert parsed.text == "😀 bold both link s<’&nbsp;1q"
    said = {(e["type"], utf16_slice(parsed.text, e)) for e in parsed.entities}
    assert said == {
        ("bold", "bold both"), ("italic", "both"), ("text_link", "link"), ("spoiler", "s"), ("pre", "1"),
        ("expandable_blockquote", "q"),
    }  # fmt: skip
    assert [e["url"] for e in parsed.entities if e["type"] == "text_link"] == ["https://a.org/?x=1&y=2"]
    assert [e["language"] for e in parsed.entities if e["type"] == "pre"] == ["py"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("خبر <div>", 'Unsupported start tag "div" at byte offset 7'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
    ],
)
def test_html_that_telegram_cannot_parse_is_refused_in_its_words(source: str, why: str) -> None:
    with pytest.raises(Violation) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


def test_a_rich_message_comes_back_as_blocks() -> None:
    tree = parse_rich(
        {
            "html": "<h2>T</h2>\n<p>a <b>b</b><br>c</p><ul><li>x</li></ul><hr/><details open><summary>s</summary>in</details>"
            '<table bordered><tr><th>Name</th><td align="right"><a href="https://a.org">l</a></td></tr></table>'
        }
    )
    assert tree.reading() == "T\na b\nc\nx\ns\nin\nName\t\tl"
    made = rich_message(tree, is_rtl=True)
    assert made["is_rtl"] is True
    assert [block["type"] for block in made["blocks"]] == [
        "heading",
        "paragraph",
        "list",
        "divider",
        "details",
        "table",
    ]
    assert made["blocks"][1]["text"] == ["a ", {"type": "bold", "text": "b"}, "\n", "c"]
    assert made["blocks"][5]["cells"][0][1] == {
        "text": {"type": "url", "text": "l", "url": "https://a.org"},
        "align": "right",
        "valign": "middle",
    }


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({}, "exactly one of the fields"),
        ({"html": "x", "markdown": "x"}, "exactly one of the fields"),
        ({"html": " <p> </p>"}, "message text is empty"),
        ({"html": "<p>x"}, "Can't find end tag"),
        ({"html": "<p>x</h1>"}, "Unmatched end tag"),
        ({"html": "x</p>"}, "Unexpected end tag"),
        ({"html": "<div>x</div>"}, 'Unsupported start tag "div"'),
        ({"html": "<p dir='rtl'>x</p>"}, 'Unsupported attribute "dir"'),
        ({"html": "<p/>x"}, "can't be self-closing"),
        ({"html": "<td>x</td>"}, "can't be inside"),
        ({"html": "<table><td>x</td></table>"}, "can't be inside"),
        ({"html": "<table>x</table>"}, 'text directly inside "table"'),
        ({"html": "<p>x<h1>y</h1></p>"}, 'block "h1" can\'t be inside "p"'),
        ({"html": "<details>x</details>"}, "details needs one summary"),
        ({"html": "<tg-thinking>x</tg-thinking>"}, "drafts only"),
        ({"html": "x" * 32_769}, "message is too long"),
        ({"html": "<p>x</p>" * 501}, "BLOCKS_TOO_MUCH"),
        ({"html": "<b>" * 17 + "x" + "</b>" * 17}, "DEPTH_INVALID"),
        ({"html": f"<table><tr>{'<td>x</td>' * 21}</tr></table>"}, "COLUMNS_TOO_MUCH"),
    ],
)
def test_rich_messages_that_telegram_does_not_take_are_refused(message: dict[str, Any], why: str) -> None:
    with pytest.raises(Violation) as refused:
        parse_rich(message)
    assert why in refused.value.description


def test_rich_messages_up_to_the_limits_are_taken() -> None:
    assert len(parse_rich({"html": "😀" * 32_768}).text()) == 32_768
    parse_rich({"html": "<p>x</p>" * 500})
    parse_rich({"html": "<b>" * 16 + "x" + "</b>" * 16})
    parse_rich({"html": "<tg-thinking>x</tg-thinking>"}, draft=True)
    assert utf16_length("😀x") == 3
