"""Offsets in UTF-16, nesting that Telegram accepts, directions that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.render.entities import Entity, render
from bot.render.nodes import (
    Bold,
    Cell,
    Code,
    Details,
    Divider,
    Document,
    Heading,
    Isolate,
    Italic,
    Link,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Table,
)
from tests.unit.render.marked import covered, named

if TYPE_CHECKING:
    from bot.render.nodes import Inline
    from pipelines.languages import Direction

URL = "https://example.org/"


def one(*content: Inline, direction: Direction = "ltr") -> tuple[str, list[tuple[str, str]]]:
    text, entities = render(Document((Paragraph(*content),), direction))
    return named(text), covered(text, entities)


def test_offsets_count_an_emoji_as_two_units() -> None:
    _, entities = render(Document((Paragraph("👍 ", Bold("да")),), "ltr"))
    assert entities == (Entity(type="bold", offset=3, length=2),)
    assert entities[0].payload() == {"type": "bold", "offset": 3, "length": 2}


def test_entities_do_not_end_on_white_space() -> None:
    assert one("a", Bold("  b  "), "c") == ("a  b  c", [("bold", "b")])
    assert one("a", Bold(" "), Italic(""), "c") == ("a c", [])


def test_the_outer_of_two_styles_that_may_not_nest_wins() -> None:
    assert one(Bold("a", Code("b"))) == ("ab", [("bold", "ab")])
    assert one(Bold("a", Bold("b"))) == ("ab", [("bold", "ab")])
    assert one(Link("a", Link("b", url="https://b.example"), Code("c"), url=URL)) == ("abc", [("text_link", "abc")])
    text, entities = render(Document((Quote((Quote((Paragraph(Code("x")),)),)),), "ltr"))
    assert covered(text, entities) == [("blockquote", "x"), ("code", "x")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://user?id=1", "https://", "//x", "http://[", "https://a b.c", ""]
)
def test_only_http_addresses_become_links(url: str) -> None:
    assert one(Link("x", url=url)) == ("x", [])


def test_blocks_are_joined_by_blank_lines_and_rows_by_line_feeds() -> None:
    document = Document(
        (
            Heading("Title"),
            Paragraph("One."),
            Paragraph(" ", Bold("\u200c")),
            Listing(ListItem("a"), ListItem(), ListItem("b")),
            Divider(),
            Table(((Cell("Name"), Cell("Role")), (Cell("Alone"), Cell()), (Cell(),)), header=(Cell("Who"),)),
        ),
        "ltr",
    )
    assert render(document)[0] == "Title\nOne.\n\n• a\n• b\n\n———\n\nName — Role\nAlone"


def test_details_fold_away_but_not_inside_a_quotation_nor_when_open() -> None:
    details = Details(("More",), (Paragraph("text"),))
    assert covered(*render(Document((details,), "ltr"))) == [("expandable_blockquote", "More\ntext"), ("bold", "More")]
    assert covered(*render(Document((Quote((details,)),), "ltr"))) == [("blockquote", "More\ntext"), ("bold", "More")]
    shown = Details(("More",), (Paragraph("text"),), open=True)
    assert covered(*render(Document((shown,), "ltr"))) == [("bold", "More")]


def test_a_line_gets_a_mark_only_where_its_text_would_turn_it_round() -> None:
    assert one("Kabul شهر است", direction="rtl")[0] == "⟨RLM⟩Kabul شهر است"
    assert one("شهر Kabul", direction="rtl")[0] == "شهر Kabul"
    assert one("12:30", direction="rtl")[0] == "⟨RLM⟩12:30"
    assert one(Isolate("Reuters"), " گزارش داد", direction="rtl")[0] == "⟨FSI⟩Reuters⟨PDI⟩ گزارش داد"
    assert one("کابل is a city")[0] == "⟨LRM⟩کابل is a city"
    assert one("شهر\nKabul", direction="rtl")[0] == "شهر\n⟨RLM⟩Kabul"
    assert one("\u200e\u200fKabul", direction="rtl")[0] == "⟨RLM⟩Kabul"


def test_isolates_of_the_text_itself_are_kept_if_balanced_and_never_cross_a_line() -> None:
    assert one("a \u2067ب\u2069 c")[0] == "a ⟨RLI⟩ب⟨PDI⟩ c"
    assert one("a \u2067b \u2069\u2069 \u2068c")[0] == "a ⟨RLI⟩b⟨PDI⟩  c"
    assert one(Isolate("a\nb", direction="ltr"))[0] == "⟨LRI⟩a⟨PDI⟩\n⟨LRI⟩b⟨PDI⟩"


def test_text_arrives_as_telegram_would_leave_it() -> None:
    assert one("a\x00b\x07\r\nc\u202e\u2028d\ud800")[0] == "a b \nc\nd\ufffd"
    assert one("A\u030angstro\u0308m")[0] == "Ångström"
    assert one("کتاب\u200cها مُحَمَّد")[0] == "⟨LRM⟩کتاب\u200cها مُحَمَّد"


def test_a_link_or_code_is_not_guarded() -> None:
    assert one(Link("lenta.ru", url=URL), " lenta.ru ", Code("a.com"))[0] == "lenta.ru lenta.⟨WJ⟩ru a.com"
    assert one(Isolate("AFP"), "/start")[0] == "⟨FSI⟩AFP⟨PDI⟩/⟨WJ⟩start"
    assert one("3.5 km/h, U.S. 24/7 a...b")[0] == "3.5 km/h, U.S. 24/7 a...b"
