"""What a message asks for, from PTB's own objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from bot.intents import ARTICLE_WORDS, CONTINUED, MAX_LINKS, Source, intent

ARTICLE = " ".join(f"word{number}" for number in range(ARTICLE_WORDS + 5))
CHANNEL = {"type": "channel", "date": 1, "chat": {"id": -1001, "type": "channel", "title": "C"}, "message_id": 7}


def _message(
    text: str = "", *, links: tuple[str, ...] = (), behind: dict[str, str] | None = None, **more: Any
) -> Message:
    """A message in which ``links`` and words with an address ``behind`` them are entities, offsets in UTF-16."""
    field = "caption" if "photo" in more else "text"
    entities = [{"type": "url", "offset": _units(text[: text.index(url)]), "length": _units(url)} for url in links] + [
        {"type": "text_link", "offset": _units(text[: text.index(word)]), "length": _units(word), "url": url}
        for word, url in (behind or {}).items()
    ]
    said: dict[str, Any] = {
        "message_id": 1,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": 1, "type": "private"},
    }
    if text:
        said |= {field: text, f"{'caption_' if field == 'caption' else ''}entities": entities}
    return Message.de_json(said | more, None)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _link(url: str) -> Source:
    return Source(kind="link", value=url)


def test_links_are_found_where_they_are_written_and_behind_words_past_emoji() -> None:
    message = _message(
        "🇦🇫🇦🇫 see example.org/a and this", links=("example.org/a",), behind={"this": "https://example.org/b"}
    )
    assert intent(message).sources == (_link("https://example.org/a"), _link("https://example.org/b"))


def test_a_link_twice_is_one_digest_and_too_many_are_counted() -> None:
    urls = tuple(f"https://example.org/{number}" for number in range(MAX_LINKS + 2))
    found = intent(_message(" ".join(urls), links=urls))
    assert (len(found.sources), found.too_many) == (MAX_LINKS, 2)
    twice = _message(
        "https://example.org/0 again", links=("https://example.org/0",), behind={"again": "https://example.org/0"}
    )
    assert len(intent(twice).sources) == 1


def test_links_of_a_caption_and_of_a_forwarded_post_s_buttons() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    message = _message(
        "Read more",
        behind={"more": "https://example.org/a"},
        photo=photo,
        forward_origin=CHANNEL,
        reply_markup={"inline_keyboard": [[{"text": "Open", "url": "https://example.org/b"}]]},
    )
    assert intent(message).sources == (_link("https://example.org/a"), _link("https://example.org/b"))


def test_telegram_s_own_addresses_count_only_alone_and_only_posts() -> None:
    both = _message("https://t.me/news/5 https://example.org/a", links=("https://t.me/news/5", "https://example.org/a"))
    assert intent(both).sources == (_link("https://example.org/a"),)
    assert intent(_message("https://t.me/news/5", links=("https://t.me/news/5",))).sources == (
        _link("https://t.me/news/5"),
    )
    front = intent(_message("https://t.me/news", links=("https://t.me/news",)))
    assert [source.kind for source in front.sources] == ["text"]


def test_an_article_that_was_pasted_is_itself_not_its_links() -> None:
    found = intent(_message(f"{ARTICLE} https://example.org/a", links=("https://example.org/a",)))
    assert [source.kind for source in found.sources] == ["text"]
    assert not found.continues


def test_a_forwarded_article_with_a_link_is_the_link() -> None:
    message = _message(f"{ARTICLE} https://example.org/a", links=("https://example.org/a",), forward_origin=CHANNEL)
    assert intent(message).sources == (_link("https://example.org/a"),)
    without = _message(ARTICLE, forward_origin=CHANNEL)
    assert intent(without).sources == (Source(kind="text", value=ARTICLE),)


@pytest.mark.parametrize(
    ("text", "goes_on"), [("x" * (CONTINUED - 1), False), ("x" * CONTINUED, True), ("😀" * (CONTINUED // 2), True)]
)
def test_a_text_near_telegram_s_limit_may_go_on(text: str, goes_on: bool) -> None:
    assert intent(_message(text)).continues is goes_on


def test_a_document_is_a_file_with_its_size() -> None:
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 12}
    assert intent(_message(document=document)).sources == (Source(kind="file", value="f", name="a.pdf", bytes=12),)


@pytest.mark.parametrize(
    ("more", "useless"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, "photo"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, "voice_or_video"),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, "empty"),
    ],
)
def test_what_holds_nothing_to_read_says_what_it_is(more: dict[str, Any], useless: str) -> None:
    assert intent(_message(**more)).useless == useless


def test_the_host_of_a_link_is_shown_without_www() -> None:
    assert _link("https://www.example.org/a").host == "example.org"
    assert Source(kind="text", value="https://www.example.org").host == ""
