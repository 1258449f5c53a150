"""Titles and texts with HTML in them, as people expect to read them."""

from __future__ import annotations

import pytest

from pipelines.feeds.plain import headline, line_of, text_of
from tests.unit.feeds.samples import DARI, HARAKAT, PASHTO, item, only, rss


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("Tom & Jerry", "Tom & Jerry"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("Tom &amp;#39;n&amp;#39; Jerry", "Tom 'n' Jerry"),
        ("<p>The tag &lt;i&gt; slants</p>", "The tag <i> slants"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("1 <3 2", "1 <3 2"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("A<script>alert(1)</script> b<style>p{}</style><!-- c -->.", "A b."),
        ("می&zwnj;شود", "می\u200cشود"),
        ("<p>می\u200cشود</p>", "می\u200cشود"),
        ("&rlm;سلام", "\u200fسلام"),
        (f"<p>{HARAKAT}</p>", HARAKAT),
        (f"<div><p>{DARI}</p>\n\n<p>{PASHTO}</p></div>", f"{DARI}\n{PASHTO}"),
        ("x&#55296;y&#0;z&#x110000;", "xyz"),
        ("&#55357;&#56832; &amp;#xD83D;&amp;#xDE00;", "😀 😀"),
        ("x\ud800\x00y", "xy"),
        ("&copy; &unknown; &#xE9;", "© &unknown; é"),
        ("&copy=1", "&copy=1"),
        ("  a\u00a0\u2009 b \r\n\r\n c ", "a b\nc"),
        ("<a href='x'>Read</a> <unknown>this</unknown>", "Read this"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_text(markup: str, plain: str) -> None:
    assert text_of(markup) == plain
    assert line_of(markup) == plain.replace("\n", " ")


@pytest.mark.parametrize("unit", ["<a", "<b>x", "<div>", "&amp;", "<!--", "&lt;p&gt;", "<![CDATA[", "<p><br>", "</p>"])
def test_no_markup_takes_long(unit: str) -> None:
    text = text_of(unit * 60_000)
    assert len(text) <= len(unit) * 60_000


@pytest.mark.parametrize(
    "title",
    [
        "Herat &amp;amp; <![CDATA[<b>Kabul</b>]]>",
        "<![CDATA[Herat & <b>Kabul</b>]]>",
        "Herat &amp;amp; &lt;b&gt;Kabul&lt;/b&gt;",
        "<![CDATA[Herat &amp; Kabul]]>",
        "Herat &amp; Kabul\n",
    ],
)
def test_titles_are_one_line_without_markup(title: str) -> None:
    assert only(rss(item(title=title))).title == "Herat & Kabul"


def test_a_title_about_a_tag_keeps_what_is_behind_it() -> None:
    assert only(rss(item(title="How to use the &lt;script&gt; tag"))).title == "How to use the <script> tag"
    assert line_of("A <script>x()</script> tag, <STYLE>p{}</STYLE> too") == "A tag, too"


def test_a_headline_is_cut_between_words() -> None:
    assert headline("First line\nsecond") == "First line"
    cut = headline(f"{DARI}، {DARI}")
    assert len(cut) <= 120
    assert cut[-1] == "…"
    assert f"{DARI}، {DARI} ".startswith(cut[:-1] + " ")
    assert headline("x" * 300) == "x" * 119 + "…"
