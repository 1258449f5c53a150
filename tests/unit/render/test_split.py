"""Where a long message is cut, the best place first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.render.entities import Entity
from bot.render.nodes import Bold, Document, Heading, Isolate, Link, Listing, ListItem, Paragraph
from bot.render.split import MESSAGE, Part, rejoin, split
from tests.unit.render.marked import covered, named

if TYPE_CHECKING:
    from pipelines.languages import Direction

URL = "https://example.org/"


def texts(document: Document, limit: int) -> list[str]:
    return [named(part.text) for part in split(document, limit=limit)]


def paragraph(text: str, limit: int, direction: Direction = "ltr") -> list[str]:
    return texts(Document((Paragraph(text),), direction), limit)


def test_a_short_document_is_one_part_and_an_empty_one_none() -> None:
    assert split(Document((Paragraph("Hello."),), "ltr")) == [Part(text="Hello.", entities=())]
    assert split(Document((Paragraph(" \n", Bold()),), "ltr")) == []


def test_cuts_between_blocks_before_items_and_keeps_a_heading_with_its_text() -> None:
    document = Document(
        (
            Paragraph("First paragraph. It has two sentences."),
            Heading("Actors"),
            Listing(ListItem("Zamir Kabulov"), ListItem("Abdullah Abdullah"), ListItem("Taliban")),
        ),
        "ltr",
    )
    assert texts(document, 60) == [
        "First paragraph. It has two sentences.",
        "Actors\n• Zamir Kabulov\n• Abdullah Abdullah\n• Taliban",
    ]
    assert texts(document, 45) == [
        "First paragraph. It has two sentences.",
        "Actors\n• Zamir Kabulov\n• Abdullah Abdullah",
        "• Taliban",
    ]


def test_cuts_at_the_end_of_a_sentence_in_every_script() -> None:
    assert paragraph("He said “no.” Then he left the room at once.", 40) == [
        "He said “no.”",
        "Then he left the room at once.",
    ]
    assert paragraph("Он сказал «нет!» Потом он ушёл из комнаты.", 40) == [
        "Он сказал «нет!»",
        "Потом он ушёл из комнаты.",
    ]
    assert paragraph("او چه گفت؟ بعد از آن از اتاق بیرون رفت و نیامد", 40, "rtl") == [
        "او چه گفت؟",
        "بعد از آن از اتاق بیرون رفت و نیامد",
    ]
    assert paragraph("هغه وویل۔ بیا له خونې څخه ووت او رانغی نو", 40, "rtl") == [
        "هغه وویل۔",
        "بیا له خونې څخه ووت او رانغی نو",
    ]


def test_then_at_a_space_but_not_at_a_no_break_space() -> None:
    assert paragraph("one two three four five six seven\u00a0eight", 36) == [
        "one two three four five six",
        "seven⟨NBSP⟩eight",
    ]


def test_at_last_between_graphemes() -> None:
    family = "👨‍👩‍👧‍👦"  # eleven units, one picture
    assert paragraph(family * 4, 32) == [family * 2, family * 2]
    assert paragraph("e\u0301" * 20, 33) == ["e\u0301" * 16, "e\u0301" * 4]


def test_what_is_cut_goes_on_in_the_next_part() -> None:
    document = Document((Paragraph("See ", Link("the long report of the commission", Bold(" now"), url=URL)),), "ltr")
    first, second = split(document, limit=32)
    assert covered(first.text, first.entities) == [("text_link", "the long report of the")]
    assert covered(second.text, second.entities) == [("text_link", "commission now"), ("bold", "now")]
    assert second.entities[0] == Entity(type="text_link", offset=0, length=14, url=URL)


def test_an_isolate_that_is_cut_is_closed_and_opened_again() -> None:
    document = Document((Paragraph("گفت: ", Isolate("the talks will go on in Moscow", direction="ltr")),), "rtl")
    first, second = split(document, limit=32)
    assert named(first.text) == "گفت: ⟨LRI⟩the talks will go on in⟨PDI⟩"
    assert named(second.text) == "⟨RLM⟩⟨LRI⟩Moscow⟨PDI⟩"
    assert (named(first.tail), named(second.head), second.tail) == ("⟨PDI⟩", "⟨RLM⟩⟨LRI⟩", "")
    assert rejoin([first, second]) == "گفت: \u2066the talks will go on in Moscow\u2069"


def test_a_right_to_left_line_that_goes_on_in_latin_stays_right_to_left() -> None:
    assert paragraph("او در شهر مسکو گفت که Reuters و AFP آمدند", 32, "rtl") == [
        "او در شهر مسکو گفت که Reuters و",
        "⟨RLM⟩AFP آمدند",
    ]


def test_no_part_has_more_entities_than_telegram_reads() -> None:
    words = [piece for number in range(250) for piece in (Bold(str(number)), " ")]
    parts = split(Document((Paragraph(*words),), "ltr"))
    assert [len(part.entities) for part in parts] == [100, 100, 50]


def test_a_cluster_longer_than_a_message_is_cut_rather_than_refused() -> None:
    parts = split(Document((Paragraph("z" + "\u0335" * 5000),), "ltr"))
    # a unit is kept for a direction mark that this line turns out not to need
    assert [len(part.text) for part in parts] == [MESSAGE - 1, 906]


def test_no_part_is_only_a_direction_mark_which_telegram_refuses_as_empty() -> None:
    assert [part[:7] for part in paragraph("Kabul \u200e" + "\u0301" * 40, 32)] == [
        "Kabul",
        "⟨LRM⟩\u0301\u0301",
        "\u0301" * 7,
    ]
    assert paragraph("x" * 31 + "\u200e", 32) == ["x" * 30, "x⟨LRM⟩"]


def test_limits_that_fit_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="fit no text"):
        split(Document((Paragraph("a"),), "ltr"), limit=10)


def test_a_book_of_forty_messages_is_cut_in_seconds() -> None:
    book = Document(tuple(Paragraph("او گفت. ", Isolate("Kabul"), " ", Bold("شهر است؟")) for _ in range(4000)), "rtl")
    start = time.process_time()
    parts = split(book)
    assert len(parts) == 40
    assert time.process_time() - start < 10
