"""Whatever is said in whatever script, Telegram gets whole characters, within its limits, styled and isolated as written."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
import regex  # type: ignore[import-untyped]  # ships no types
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.render.callbacks import MAX_BYTES, MAX_CARD, Action, Press, decode, encode
from bot.render.entities import render
from bot.render.nodes import (
    Bold,
    Cell,
    Code,
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
from bot.render.rich import rich_messages
from bot.render.split import rejoin, split

if TYPE_CHECKING:
    from bot.render.entities import Entity
    from bot.render.nodes import Block, Inline
    from pipelines.languages import Direction

# Words of the four languages with what breaks offsets, clusters, directions and parsers
PIECES = (
    "Kabul", "Mr. Karzai said", "U.S.", "Кабул", "сказал.", "کابل", "می‌رود", "کتاب‌ها.", "ښوونځي", "هغه وویل؟",
    "مُحَمَّد۔", "۲۰۲۱", "28", "؛", "!»", "…”", "\n", "\n\n", " ", "\u00a0", "\u2028", " \u0301", "\r\n",
    "👨‍👩‍👧‍👦", "👩🏽‍🚒", "🇦🇫", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "𝒳", "e\u0301", "a\u030a",
    "\u0600۱", "ह\u093f", "\u200c", "\u200d", "\u200e", "\u200f", "\u200e\u200f", "\u202e", "\ufeff", "\ufffe",
    "\u2066x", "\u2067", "\u2068", "\u2069", "\ud800", "\udc00", "\x00", "\x07",
    "<b>", "&amp;", "</p>", "]]>", '"', "@durov", "/start", "#tag", "$USD", "https://evil.example/a?b=1&c", "1.2.3.4",
    "ссылка.рф", "x" * 150, "د" * 130, "👍" * 60, "e\u0301" * 40, "👩🏽‍🚒" * 9, "\u0301" * 90,
)  # fmt: skip
URLS = (
    "https://tolonews.com/a?b=1&c=\"<'",
    "http://example.org/ك",
    "javascript:alert(1)",
    "tg://user?id=1",
    "https://",
    "",
)
GLUE = st.sampled_from((" ", " ", " ", "", ". ", "؟ ", "\n"))
CONTROLS = re.compile("[\u2060\u2066-\u2069\u200e\u200f]")


@st.composite
def texts(draw: st.DrawFn) -> str:
    glue = draw(GLUE)
    return glue.join(draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=7)))


def _wrap(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    content = st.lists(inner, max_size=3)
    return st.one_of(
        st.builds(lambda c, kind: kind(*c), content, st.sampled_from((Bold, Italic, Underline, Spoiler))),
        texts().map(Code),
        st.builds(lambda c, u: Link(*c, url=u), content, st.sampled_from(URLS)),
        st.builds(lambda c, d: Isolate(*c, direction=d), content, st.sampled_from(("auto", "ltr", "rtl"))),
    )


INLINES: st.SearchStrategy[Inline] = st.recursive(texts(), _wrap, max_leaves=4)
CONTENT = st.lists(INLINES, max_size=3)
CELLS = st.lists(CONTENT.map(lambda c: Cell(*c)), max_size=3).map(tuple)
WAYS: st.SearchStrategy[Direction | None] = st.sampled_from((None, "ltr", "rtl"))
LEAVES: st.SearchStrategy[Block] = st.one_of(
    CONTENT.map(lambda c: Paragraph(*c)),
    st.builds(lambda c, n: Heading(*c, level=n), CONTENT, st.integers(1, 6)),
    CONTENT.map(lambda c: Footer(*c)),
    st.just(Divider()),
    st.lists(CONTENT.map(lambda c: ListItem(*c)), max_size=4).map(lambda items: Listing(*items)),
    st.builds(Table, st.lists(CELLS, max_size=3).map(tuple), CELLS),
)


def _contain(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, WAYS),
        st.builds(Details, CONTENT.map(tuple), blocks, st.booleans(), WAYS),
    )


DOCUMENTS = st.builds(
    Document,
    st.lists(st.recursive(LEAVES, _contain, max_leaves=3), max_size=5).map(tuple),
    st.sampled_from(("ltr", "rtl")),
)
bounded = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def units(text: str) -> list[str]:
    """UTF-16 code units; raises on a lone surrogate."""
    data = text.encode("utf-16-le")
    return [data[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(data), 2)]


def styles_by_unit(length: int, entities: tuple[Entity, ...]) -> list[frozenset[tuple[str, str | None]]]:
    found: list[set[tuple[str, str | None]]] = [set() for _ in range(length)]
    for entity in entities:
        for at in range(entity.offset, entity.offset + entity.length):
            assert (entity.type, entity.url) not in found[at], "an entity inside its like"
            found[at].add((entity.type, entity.url))
    return [frozenset(one) for one in found]


def assert_legal(text: str, entities: tuple[Entity, ...]) -> None:
    """What Telegram accepts unchanged (core.telegram.org/bots/api#formatting-options)."""
    places = units(text)
    open_: list[Entity] = []
    for entity in entities:
        stop = entity.offset + entity.length
        assert 0 <= entity.offset < stop <= len(places)
        for edge in (entity.offset, stop - 1):
            assert not places[edge].isspace(), "an entity ends on white space"
        for edge in (entity.offset, stop):
            assert edge == len(places) or not "\udc00" <= places[edge] <= "\udfff", "an entity cuts a character"
        while open_ and open_[-1].offset + open_[-1].length <= entity.offset:
            open_.pop()
        if open_:
            assert stop <= open_[-1].offset + open_[-1].length, "entities overlap in part"
        outer = {one.type for one in open_}
        quotes = {"blockquote", "expandable_blockquote"}
        assert "code" not in outer
        assert entity.type != "code" or outer <= quotes
        assert entity.type not in quotes or not outer & (quotes | {"text_link"})
        assert entity.type != "text_link" or "text_link" not in outer
        assert (entity.type == "text_link") == (entity.url is not None)
        assert entity.url is None or entity.url.startswith(("http://", "https://"))
        open_.append(entity)


def assert_balanced(text: str) -> None:
    for line in text.split("\n"):
        depth = 0
        for character in line:
            depth += ("\u2066" <= character <= "\u2068") - (character == "\u2069")
            assert depth >= 0
        assert depth == 0


@bounded
@given(DOCUMENTS, st.sampled_from((32, 64, 200, 1024, 4096)), st.sampled_from((8, 20, 100)))
def test_parts_are_whole_legal_within_the_limits_and_rejoin(document: Document, limit: int, many: int) -> None:
    whole, entities = render(document)
    assert_legal(whole, entities)
    assert_balanced(whole)
    parts = split(document, limit=limit, entity_limit=many)
    assert bool(parts) is bool(whole)
    assert rejoin(parts) == whole
    seen = []
    for part in parts:
        assert 0 < len(units(part.text)) <= limit
        assert len(part.entities) <= many
        assert part.text == part.text.strip()
        assert re.search(r"[^\s\u200b-\u200f\u2060\u2066-\u2069\ufeff]", part.text), "refused as empty"
        assert re.fullmatch(r"[\s\u2800\u180e\u200b-\u200f\u2060\ufeff\ufffc]*", part.gap)
        assert_legal(part.text, part.entities)
        assert_balanced(part.text)
        styles = styles_by_unit(len(units(part.text)), part.entities)
        seen += styles[len(units(part.head)) : len(styles) - len(units(part.tail))]
        seen += [frozenset()] * len(units(part.gap))
    for unit, in_parts, in_whole in zip(units(whole), seen, styles_by_unit(len(units(whole)), entities), strict=True):
        assert (
            in_parts == in_whole
            or unit.isspace()
            or CONTROLS.match(unit)
            or unit in "\u200b\u200c\u200d\ufeff\u180e\u2800\ufffc"
        )


@bounded
@given(DOCUMENTS, st.sampled_from((40, 100, 300)))
def test_no_grapheme_is_cut_unless_it_is_longer_than_a_message(document: Document, limit: int) -> None:
    whole, _ = render(document)
    clusters = regex.findall(r"\X", CONTROLS.sub("", whole))
    if any(len(units(cluster)) > limit // 2 for cluster in clusters):
        return
    pieces = []
    for part in split(document, limit=limit):
        body = part.text[len(part.head) : len(part.text) - len(part.tail)]
        pieces += regex.findall(r"\X", CONTROLS.sub("", body)) + regex.findall(r"\X", CONTROLS.sub("", part.gap))
    assert pieces == clusters


@bounded
@given(DOCUMENTS)
def test_nothing_but_the_documents_own_links_can_be_clicked(document: Document) -> None:
    text, entities = render(document)
    styles = styles_by_unit(len(units(text)), entities)
    loose = "".join(
        unit if not {kind for kind, _ in style} & {"text_link", "code"} else "\u2063"
        for unit, style in zip(units(text), styles, strict=True)
    )
    clickable = r"@\w|#\w|\$[A-Z]|(?<![\w/<>])/[A-Za-z0-9_]|\w\.[^\W\d_]{2}|:///?\w|\d\.\d+\.\d+\.\d"
    assert re.search(clickable, loose) is None


class _Reader(HTMLParser):
    """Text of rich HTML, block by block, and the tags used; complains of wrong nesting."""

    INLINE = frozenset({"b", "i", "u", "code", "a", "tg-spoiler"})
    BLOCKS = frozenset(
        {
            *(f"h{n}" for n in range(1, 7)),
            "p",
            "ul",
            "li",
            "table",
            "tr",
            "th",
            "td",
            "blockquote",
            "details",
            "summary",
            "footer",
        }
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = self.count = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = {"a": {"href"}, "details": {"open"}, "td": {"align"}, "th": {"align"}}.get(tag, set())
        assert {name for name, _ in attrs} <= allowed
        self.count += tag in self.BLOCKS - {"th", "td"} or tag == "hr"
        if tag == "br":
            self.text += "\n"
        elif tag == "hr":
            self.text += "———"
        else:
            assert tag in self.INLINE | self.BLOCKS
            assert tag not in self.open or tag in {"details", "blockquote"}
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"br", "hr"}
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.text += " " if tag in self.BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def letters(text: str) -> str:
    """What is left of a text without white space, marks, and the signs that stand for tags in plain messages."""
    return re.sub(r"[\s•—\u2800\u180e\u200b-\u200f\u2060\u2066-\u2069\ufeff\ufffc]", "", text)


def without_headers(block: Block) -> Block:
    match block:
        case Table():
            return Table(block.rows)
        case Quote():
            return Quote(tuple(map(without_headers, block.blocks)), block.direction)
        case Details():
            blocks = tuple(map(without_headers, block.blocks))
            return Details(block.summary, blocks, block.open, block.direction)
        case _:
            return block


@bounded
@given(DOCUMENTS, st.sampled_from((1500, 4000, 32_768)), st.sampled_from((12, 40, 500)))
def test_rich_html_says_what_the_plain_message_says_within_the_limits(
    document: Document, characters: int, blocks: int
) -> None:
    document = Document(tuple(map(without_headers, document.blocks)), document.direction)
    plain, _ = render(document)
    messages = rich_messages(document, characters=characters, blocks=blocks)
    said = ""
    repeated = False
    for message in messages:
        assert len(units(message.html)) <= characters
        reader = _Reader()
        reader.feed(message.html)
        reader.close()
        assert not reader.open
        assert reader.deepest <= 16
        assert reader.count <= blocks
        assert reader.text.strip()
        assert_balanced(reader.text)
        said += reader.text
        repeated = repeated or "<summary>" in message.html
    if repeated and len(messages) > 1:  # a summary stands again over what goes on in the next message
        assert set(letters(plain)) == set(letters(said))
    else:
        assert letters(plain) == letters(said)


@given(st.sampled_from(Action), st.integers(0, MAX_CARD), st.from_regex(r"[a-z0-9_-]{0,48}", fullmatch=True))
def test_callback_data_round_trips_in_64_bytes(action: Action, card: int, argument: str) -> None:
    data = encode(action, card, argument)
    assert 1 <= len(data.encode()) <= MAX_BYTES
    assert decode(data) == Press(action=action, card_id=card, argument=argument)


@given(st.one_of(st.text(max_size=70), st.from_regex(r"1[a-z][0-9A-Za-z]{0,12}(\.[a-z0-9]*)?\n?", fullmatch=True)))
def test_no_string_raises_and_only_what_encode_writes_is_a_press(data: str) -> None:
    press = decode(data)
    assert press is None or encode(press.action, press.card_id, press.argument) == data


@pytest.mark.parametrize(
    "data", ["", "1", "1l", "0l5", "2l5", "1x5", "1l05", "1l5.", "1l5.ÿ", "1l5.prs ", "1lzzzzzzzzzzz", "lang:prs:5"]
)
def test_malformed_old_and_foreign_data_are_no_press(data: str) -> None:
    assert decode(data) is None
