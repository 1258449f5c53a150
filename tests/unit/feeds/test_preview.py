"""The web preview of a public Telegram channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.errors import NotAFeedError
from tests.unit.feeds.samples import DARI, PASHTO, read

URL = "https://t.me/s/khabar_news"


def post(number: int, inner: str, *, kind: str = "", date: str = "2026-11-24T10:00:00+00:00") -> str:
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message {kind} js-widget_message" data-post="khabar_news/{number}">
<div class="tgme_widget_message_bubble">{inner}
<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info">
<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/khabar_news/{number}">
<time datetime="{date}" class="time">10:00</time></a></span></div></div></div></div></div>"""


def text(markup: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{markup}</div>'


def page(*posts: str, title: str = "Khabar &amp; <i class='emoji'><b>🟢</b></i> News") -> bytes:
    head = f'<div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div>' if title else ""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Telegram</title></head><body>'
        f'<div class="tgme_channel_info">{head}</div><section class="tgme_channel_history">'
        f"{''.join(posts)}</section></body></html>"
    ).encode()


def test_posts_become_items() -> None:
    feed = read(
        page(
            post(41, text(f"<b>{DARI}</b><br><br>{PASHTO}<br/><a href='https://a.example'>link</a>")),
            post(42, text("Two")),
        ),
        url=URL,
    )
    assert (feed.title, feed.home_url, feed.url) == ("Khabar & 🟢 News", "https://t.me/khabar_news", URL)
    first, second = feed.items
    assert (first.guid, first.url) == ("t.me/khabar_news/41", "https://t.me/khabar_news/41")
    assert first.text == f"{DARI}\n{PASHTO}\nlink"
    assert first.title == DARI
    assert first.published_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert second.title == second.text == "Two"


def test_what_says_no_news_is_left_out() -> None:
    feed = read(
        page(
            post(1, text("Channel created"), kind="service_message"),
            post(2, '<a class="tgme_widget_message_photo_wrap" href="x"></a>'),
            post(3, text(" <br> ")),
            post(4, f'<a class="tgme_widget_message_photo_wrap" href="x"></a>{text("With a picture")}'),
        ),
        url=URL,
    )
    assert [one.text for one in feed.items] == ["With a picture"]


def test_a_quoted_message_is_not_the_answer() -> None:
    quote = f'<a class="tgme_widget_message_reply" href="https://t.me/x/1">{text("What was asked")}</a>'
    feed = read(page(post(5, quote + text("What is answered")), post(6, quote)), url=URL)
    assert [one.text for one in feed.items] == ["What is answered"]


def test_dates_are_read_in_their_zone_and_never_of_the_future() -> None:
    feed = read(
        page(
            post(1, text("a"), date="2026-11-24T14:30:00+04:30"), post(2, text("b"), date="soon"),
            post(3, text("c"), date="2030-01-01T00:00:00+00:00"),
        ),
        url=URL,
    )  # fmt: skip
    assert [one.published_at for one in feed.items] == [
        datetime(2026, 11, 24, 10, tzinfo=UTC), None, datetime(2026, 11, 25, 7, tzinfo=UTC),
    ]  # fmt: skip


def test_an_empty_channel_is_a_feed() -> None:
    assert read(page(), url=URL).items == ()


@pytest.mark.parametrize("url", [URL, "https://t.me/khabar_news", "https://telegram.me/s/khabar_news"])
def test_a_private_or_missing_channel_says_so(url: str) -> None:
    contact = page(title="") + b'<div class="tgme_page_title">Telegram: Contact @khabar_news</div>'
    with pytest.raises(NotAFeedError, match="khabar_news has no public preview"):
        read(contact, url=url)
    with pytest.raises(NotAFeedError):
        read(b"", url=url)
