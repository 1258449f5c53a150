"""Rich HTML: escaped by construction, divided where it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.render.nodes import (
    Bold,
    Cell,
    Details,
    Divider,
    Document,
    Footer,
    Heading,
    Isolate,
    Italic,
    Link,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Spoiler,
    Table,
    Underline,
)
from bot.render.rich import CHARACTERS, rich_messages
from tests.unit.render.marked import named

if TYPE_CHECKING:
    from bot.render.nodes import Block


def html(document: Document) -> str:
    (message,) = rich_messages(document)
    return named(message.html)


def one(*blocks: Block) -> str:
    return html(Document(blocks, "ltr"))


def test_nothing_of_a_text_becomes_a_tag_or_an_attribute() -> None:
    evil = '</p><script>"&amp;'
    assert one(Paragraph(evil)) == '<p>&lt;/p&gt;&lt;script&gt;"&amp;amp;</p>'
    assert (
        one(Paragraph(Link("x", url='https://a.b/"><b>'))) == '<p><a href="https://a.b/&quot;&gt;&lt;b&gt;">x</a></p>'
    )
    assert one(Paragraph("<br></br>")) == "<p>&lt;br&gt;&lt;/br&gt;</p>"


def test_every_node_has_its_tag() -> None:
    assert one(Heading("T", level=4), Divider(), Footer("f")) == "<h4>T</h4><hr/><footer>f</footer>"
    assert one(Paragraph(Underline("u"), Spoiler("s"), Italic(Bold("x")), "\ny")) == (
        "<p><u>u</u><tg-spoiler>s</tg-spoiler><b><i>x</i></b><br/>y</p>"
    )
    assert (
        one(Quote((Paragraph("a"), Listing(ListItem("b"))))) == "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"
    )
    assert one(Table(((Cell("a"), Cell()),))) == "<table><tr><td>a</td><td></td></tr></table>"
    assert (
        one(Details(("s",), (Paragraph("x"),), open=True))
        == '<details open="open"><summary>s</summary><p>x</p></details>'
    )


def test_what_cannot_be_seen_makes_no_block() -> None:
    empty = (Paragraph(), Listing(), Listing(ListItem(" ")), Table(()), Quote(()), Heading("\u200c"))
    assert rich_messages(Document(empty, "ltr")) == []


def test_names_are_not_guarded_because_detection_is_off() -> None:
    (message,) = rich_messages(Document((Paragraph("@durov lenta.ru"),), "ltr"))
    assert message.html == "<p>@durov lenta.ru</p>"
    assert message.payload()["skip_entity_detection"] is True


def test_a_table_over_the_limit_goes_on_under_its_header() -> None:
    rows = tuple((Cell(f"name {number}"), Cell("role " * 8)) for number in range(12))
    messages = rich_messages(Document((Table(rows, header=(Cell("Who"), Cell("Role"))),), "ltr"), characters=500)
    assert len(messages) > 1
    for message in messages:
        assert message.html.startswith("<table><tr><th>Who</th><th>Role</th></tr><tr><td>name ")
        assert len(message.html) <= 500
    assert sum(message.html.count("<td>name") for message in messages) == 12


def test_details_over_the_limit_go_on_under_their_summary() -> None:
    blocks = tuple(Paragraph(f"paragraph {number} " + "word " * 20) for number in range(9))
    messages = rich_messages(Document((Details(("More",), blocks),), "ltr"), characters=500)
    assert all(message.html.startswith("<details><summary>More</summary><p>") for message in messages)
    assert sum(message.html.count("paragraph") for message in messages) == 9


def test_a_paragraph_over_the_limit_is_cut_at_sentences() -> None:
    text = "One sentence of the long story & more. " * 2000
    messages = rich_messages(Document((Paragraph(Bold(text)),), "ltr"))
    assert len(messages) == 3
    for message in messages:
        assert len(message.html) <= CHARACTERS
        assert message.html.endswith("more.</b></p>")


def test_no_message_has_more_blocks_than_telegram_takes() -> None:
    items = Listing(*(ListItem(str(number)) for number in range(1100)))
    assert [message.html.count("<li>") for message in rich_messages(Document((items,), "ltr"))] == [499, 499, 102]


def test_a_direction_other_than_the_messages_is_said_in_characters() -> None:
    document = Document((Paragraph(Isolate("Reuters", direction="ltr"), " و ", Isolate("AFP")),), "rtl")
    assert html(document) == "<p>⟨LRI⟩Reuters⟨PDI⟩ و ⟨FSI⟩AFP⟨PDI⟩</p>"
    folded = Details(("Русский",), (Paragraph("كابل это"),), direction="ltr")
    assert "<p>⟨LRM⟩كابل это</p>" in html(Document((folded,), "rtl"))


def test_a_limit_that_takes_no_character_is_refused() -> None:
    with pytest.raises(ValueError, match="single character"):
        rich_messages(Document((Paragraph("abc"),), "ltr"), characters=7)


def test_headings_and_tables_outside_telegrams_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="level 1 to 6"):
        Heading("x", level=7)
    with pytest.raises(ValueError, match="at most 20 columns, not 21"):
        Table(((Cell("x"),) * 21,))


def test_details_deeper_than_telegram_takes_lose_their_fold_not_their_words() -> None:
    block: Block = Paragraph("core")
    for number in range(5, 0, -1):
        block = Details((f"level {number}",), (block,))
    said = one(block)
    assert said.count("<details>") == 3
    assert said.endswith(
        "<summary>level 3</summary><p>level 4</p><p>level 5</p><p>core</p></details></details></details>"
    )
