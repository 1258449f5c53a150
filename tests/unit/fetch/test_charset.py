"""Text survives declarations that lie and declarations that are missing."""

from __future__ import annotations

import codecs
import random

import pytest

from pipelines.errors import ReadError
from pipelines.fetch.charset import declared_inside, decode

RUSSIAN = (
    "Спецпредставитель президента России по Афганистану заявил во вторник, что переговоры в Москве пройдут в марте. "
    "По его словам, движение «Талибан» готово обсуждать прекращение огня — ёлки, объезд, щит."
)
PERSIAN = (
    "رئيس جمهور افغانستان روز سه شنبه گفت که دولت اين کشور آماده گفتگو با گروه طالبان است، اما آتش بس بايد پيش از "
    "آن آغاز شود. پنج نفر از چهره هاى سياسى نيز در اين نشست حضور داشتند؟"
)
ENGLISH = "The minister’s “café summit” — worth £3 million — was a cliché, said Müller."
HEAD = '<html><head><meta charset="{}"><title>t</title></head><body class="news">' + '<div id="menu">Home</div>' * 30


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "iso8859-5", "cp866", "utf-8"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "nonsense"])
def test_russian_is_read_whatever_is_declared(charset: str, declared: str | None) -> None:
    body = RUSSIAN.encode(charset, "ignore")
    assert decode(body, declared=declared) == body.decode(charset)


@pytest.mark.parametrize("declared", [None, "x-mac-cyrillic", "utf-8"])
def test_russian_of_old_macintoshes_is_read(declared: str | None) -> None:
    assert decode(RUSSIAN.encode("mac-cyrillic"), declared=declared) == RUSSIAN


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8"])
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1252", "windows-1251", "windows-1256"])
def test_persian_is_read_whatever_is_declared(charset: str, declared: str | None) -> None:
    assert decode(PERSIAN.encode(charset), declared=declared) == PERSIAN


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1251", "koi8-r"])
def test_western_punctuation_is_not_taken_for_letters(declared: str | None) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared=declared) == ENGLISH


@pytest.mark.parametrize("text", ["Costs £3 million a year.", "© 2020 The Company", "5° in Kabul"])
def test_one_sign_is_no_evidence_of_another_script(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [("Президент", "windows-1251"), ("ПРЕЗИДЕНТ ВСТРЕТИЛСЯ", "koi8-r"), ("ПРЕЗИДЕНТ ВСТРЕТИЛСЯ", "windows-1251")],
)
def test_short_and_capital_russian_is_told_apart(text: str, charset: str) -> None:
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Zażółć gęślą jaźń, powiedział minister obrony", "iso-8859-2"),
        ("Türkiye Cumhurbaşkanı Erdoğan'ın açıklaması", "windows-1254"),
        ("Ο πρωθυπουργός της Ελλάδας δήλωσε χθες", "windows-1253"),
        ("中国政府今天宣布了新的措施，以支持经济增长", "gb2312"),
        ("日本の首相は今日、新しい措置を発表した", "shift_jis"),
    ],
)
def test_a_true_declaration_of_another_charset_is_followed(text: str, charset: str) -> None:
    assert decode(text.encode(charset), declared=charset) == text


@pytest.mark.parametrize("text", [RUSSIAN, PERSIAN, ENGLISH, "<html><p>" + RUSSIAN])
@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf16_is_read_with_and_without_its_mark(text: str, charset: str, mark: bool) -> None:
    bom = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[charset] if mark else b""
    assert decode(bom + text.encode(charset), declared="utf-8", html=True) == text


def test_a_byte_order_mark_beats_every_declaration_and_is_gone() -> None:
    assert decode(codecs.BOM_UTF8 + RUSSIAN.encode(), declared="windows-1251") == RUSSIAN
    assert decode(codecs.BOM_UTF32_LE + RUSSIAN.encode("utf-32-le")) == RUSSIAN


@pytest.mark.parametrize(
    ("inside", "actual"), [("windows-1251", "windows-1251"), ("utf-8", "koi8-r"), ("koi8-r", "utf-8")]
)
def test_a_page_s_own_declaration_is_a_hint_only(inside: str, actual: str) -> None:
    page = HEAD.format(inside) + RUSSIAN.translate({ord("«"): '"', ord("»"): '"', ord("—"): "-"})
    assert decode(page.encode(actual), html=True) == page


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (b'<meta charset="Windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="ISO-8859-5"?><html>', "iso-8859-5"),
        (b"<html><p>charset=utf-8</p>", None),
    ],
)
def test_the_charset_inside_a_page_is_found(page: bytes, charset: str | None) -> None:
    assert declared_inside(page) == charset


def test_a_letter_cut_in_two_does_not_cost_the_page() -> None:
    damaged = RUSSIAN.encode() * 3 + "я".encode()[:1] + b" the end"
    assert decode(damaged) == RUSSIAN * 3 + "\ufffd the end"


def test_zero_width_non_joiner_and_harakat_stay() -> None:
    text = "می‌رود مُحَمَّد کتاب‌ها"
    assert decode(text.encode()) == text


@pytest.mark.parametrize("declared", [None, "utf-8", "koi8-r", "gb18030", "rot13", "punycode", "hex"])
def test_noise_is_refused_rather_than_returned(declared: str | None) -> None:
    noise = random.Random(7).randbytes(20_000).replace(b"\x00", b"\x01")  # noqa: S311 - noise, no secret
    with pytest.raises(ReadError, match="UTF-8"):
        decode(noise, declared=declared)
