"""Paragraphs, heads and properties of PDF and Word files, in both directions of writing."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from pipelines.errors import ReadError
from pipelines.extract.documents import extract_docx, extract_pdf
from tests.unit.fetch.pdf_maker import Run, column, make_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import ExtractedArticle

BODY = [
    "The envoy said on Tuesday that talks between the govern-",
    "ment and its opponents would resume in Doha within days,",
    "after a pause of three months.",
    "",
    "Officials of both sides confirmed the date. They did not",
    "say who would lead the delegations, or for how long they",
    "would stay in the city.",
]
FIRST = (
    "The envoy said on Tuesday that talks between the government and its opponents would resume in Doha within days, "
    "after a pause of three months."
)
SECOND = (
    "Officials of both sides confirmed the date. They did not say who would lead the delegations, or for how long they "
    "would stay in the city."
)
PARAGRAPHS = [FIRST, SECOND]


def heads(article: ExtractedArticle) -> list[str]:
    return [article.text[span.start : span.stop] for span in article.headings]


def paragraphs(article: ExtractedArticle) -> list[str]:
    return article.text.split("\n\n")


def test_lines_become_paragraphs_and_hyphens_at_their_ends_go() -> None:
    article = extract_pdf(make_pdf([column(BODY)]))
    assert paragraphs(article) == PARAGRAPHS
    assert (article.title, article.extractor, article.headings) == (None, "pdf", ())


def test_the_largest_line_is_the_title_and_bold_lines_are_heads() -> None:
    page = [Run(72, 760, "Talks to resume in Doha", size=22), *column(BODY, top=720)]
    page += [
        Run(72, 590, "What comes next", bold=True),
        *column(["The next round is in May, people close to it said."], top=570),
    ]
    article = extract_pdf(make_pdf([page]))
    assert article.title == "Talks to resume in Doha"
    assert heads(article) == ["What comes next"]
    assert paragraphs(article)[:2] == PARAGRAPHS


def test_running_heads_and_page_numbers_go_and_sentences_run_over_the_page() -> None:
    def page(number: int, lines: Sequence[str]) -> list[Run]:
        return [
            Run(72, 810, f"The Daily Example    12 May, issue {number + 40}", size=9),
            *column(lines),
            Run(290, 30, f"- {number} -", size=9),
        ]

    article = extract_pdf(
        make_pdf([page(1, BODY[:2]), page(2, BODY[2:]), page(3, ["A last word was not spoken by anyone here."])])
    )
    assert paragraphs(article) == [*PARAGRAPHS, "A last word was not spoken by anyone here."]


def test_columns_are_read_one_after_the_other() -> None:
    article = extract_pdf(make_pdf([[*column(BODY[:2]), *column(BODY[2:], x=320)]]))
    assert paragraphs(article) == PARAGRAPHS


def test_properties_give_title_author_and_day() -> None:
    article = extract_pdf(
        make_pdf(
            [column(BODY)], Title="Talks resume in Doha", Author="Sara Karimi", CreationDate="D:20210128101500+04'30'"
        )
    )
    assert (article.title, article.author, article.published) == (
        "Talks resume in Doha",
        "Sara Karimi",
        date(2021, 1, 28),
    )


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.docx", "untitled", "report_final.indd", "x1", "Документ1"])
def test_properties_that_a_program_wrote_are_not_believed(title: str) -> None:
    article = extract_pdf(make_pdf([column(BODY)], Title=title, Author="Administrator"))
    assert (article.title, article.author) == (None, None)


PERSIAN = [
    "سازمان ملل متحد از طالبان خواست که در سال 2021 به",
    "گفتگوهای صلح (در دوحه) ادامه دهند و اسلام را «دین صلح» خواند.",
]
PRESENTATION = {"س": "ﺳ", "ل": "ﻟ", "م": "ﻣ"}


def drawn(line: str) -> list[str]:
    """Glyphs of a line from the left: backwards but for numbers, brackets mirrored, lam-alef one glyph of two letters."""
    glyphs: list[str] = []
    index = 0
    while index < len(line):
        if line[index].isdigit():
            stop = index
            while stop < len(line) and line[stop].isdigit():
                stop += 1
            glyphs += reversed(line[index:stop])
        elif line[index : index + 2] == "لا":
            glyphs.append("لا")
            stop = index + 2
        else:
            glyphs.append({"(": ")", ")": "(", "«": "»", "»": "«"}.get(line[index], line[index]))
            stop = index + 1
        index = stop
    return glyphs[::-1]


def rtl_page(lines: Sequence[Sequence[str]]) -> list[Run]:
    return [Run(60, 780 - 16 * index, glyphs) for index, glyphs in enumerate(lines)]


def test_right_to_left_lines_stored_as_drawn_are_turned_round() -> None:
    article = extract_pdf(make_pdf([rtl_page([drawn(line) for line in PERSIAN])]))
    assert article.text == " ".join(PERSIAN)


def test_right_to_left_lines_stored_as_spoken_are_left() -> None:
    assert extract_pdf(make_pdf([rtl_page([list(line) for line in PERSIAN])])).text == " ".join(PERSIAN)


def test_presentation_forms_become_letters_and_nothing_else_changes() -> None:
    lines = [[PRESENTATION.get(glyph, glyph) for glyph in drawn(line)] for line in PERSIAN]
    more = "نمی‌روم، مُحَمَّد از کابل گفت ½ و ²"
    assert extract_pdf(make_pdf([rtl_page([*lines, drawn(more)])])).text == " ".join([*PERSIAN, more])


def test_words_placed_one_by_one_in_spoken_order_find_their_places() -> None:
    page = []
    for row, line in enumerate(PERSIAN):
        x = 500.0
        for word in line.split():
            x -= 6 * len(word) + 6
            page.append(Run(x, 780 - 16 * row, [" ", *drawn(word)]))
    assert extract_pdf(make_pdf([page])).text == " ".join(PERSIAN)


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([column(BODY)]))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - a test's
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_locked_only_against_printing_is_read_and_one_with_a_password_is_not() -> None:
    assert paragraphs(extract_pdf(encrypted(""))) == PARAGRAPHS
    with pytest.raises(ReadError, match="password"):
        extract_pdf(encrypted("secret"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7\nnothing that follows is a PDF", "damaged"),
        (make_pdf([column(BODY)])[:300], "damaged"),
        (
            make_pdf([column(BODY)]).replace(b"/Type /Pages", b"/Type /Wrong").replace(b"/Kids", b"/Nope"),
            "damaged|no text",
        ),
        (make_pdf([[Run(72, 700, "1/1")]]), "no text"),
        (make_pdf([column(["Page"])] * 101), "101 pages"),
    ],
)
def test_a_pdf_that_gives_no_article_says_why(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        extract_pdf(body)
    assert "\n" not in str(caught.value)


def test_a_pdf_that_draws_without_end_is_left() -> None:
    body = make_pdf([[Run(72, 700, "word") for _ in range(60_000)]] * 5)
    with pytest.raises(ReadError, match="draws too much"):
        extract_pdf(body)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_file() -> Any:
    document = Document()
    document.core_properties.author = "python-docx"
    return document


def test_word_styles_give_title_and_heads() -> None:
    document = word_file()
    document.add_heading("Talks to resume", level=0)
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("What comes next", level=2)
    document.add_paragraph("")
    document.add_paragraph(PARAGRAPHS[1])
    article = extract_docx(saved(document))
    assert (article.title, article.author, article.published) == ("Talks to resume", None, None)
    assert paragraphs(article) == [PARAGRAPHS[0], "What comes next", PARAGRAPHS[1]]
    assert heads(article) == ["What comes next"]
    assert article.extractor == "docx"


def test_a_first_head_is_the_title_and_a_bold_line_a_head() -> None:
    document = word_file()
    document.add_heading("خبر: نشست دوحه", level=1)
    document.add_paragraph("رئیس‌جمهور گفت که کتاب‌ها می‌رسند.")
    document.add_paragraph().add_run("بازگشت به میز").bold = True
    document.add_paragraph("پایان.")
    article = extract_docx(saved(document))
    assert article.title == "خبر: نشست دوحه"
    assert paragraphs(article) == ["رئیس‌جمهور گفت که کتاب‌ها می‌رسند.", "بازگشت به میز", "پایان."]
    assert heads(article) == ["بازگشت به میز"]


def test_word_properties_give_title_author_and_day() -> None:
    document = word_file()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Talks resume in Doha", "Sara Karimi", ""
    properties.created = datetime(2021, 1, 28, 10, tzinfo=UTC)
    document.add_paragraph("Talks resume in Doha")
    document.add_paragraph(PARAGRAPHS[0])
    article = extract_docx(saved(document))
    assert (article.title, article.author, article.published) == (
        "Talks resume in Doha",
        "Sara Karimi",
        date(2021, 1, 28),
    )
    assert article.text == PARAGRAPHS[0]


def test_tables_breaks_links_and_tracked_changes_are_read_once() -> None:
    document = word_file()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "All of it is laid out in a table."
    paragraph = document.add_paragraph("One\tline\nbroken, ")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for tag, text_tag, text in (("ins", "t", "added"), ("del", "delText", "gone"), ("hyperlink", "t", " and linked.")):
        change = paragraph._p.makeelement(f"{word}{tag}", {})
        run = change.makeelement(f"{word}r", {})
        leaf = run.makeelement(f"{word}{text_tag}", {})
        leaf.text = text
        run.append(leaf)
        change.append(run)
        paragraph._p.append(change)
    assert paragraphs(extract_docx(saved(document))) == [
        "All of it is laid out in a table.",
        "One line broken, added and linked.",
    ]


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"PK\x03\x04 not a zip", "damaged"),
        (archive(**{"word/document.xml": b"<broken"}), "damaged"),
        (archive(**{"word/document.xml": bytes(45_000_000)}), "unpacks to far more"),
        (archive(**{"word/media/a.bmp": bytes(110_000_000)}), "unpacks to far more"),
        (archive(**{f"word/{n}.xml": b"x" for n in range(5001)}), "unpacks to far more"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (saved(Document()), "no text"),
    ],
    ids=["no-zip", "broken-xml", "large-part", "large-sum", "many-parts", "locked", "empty"],
)
def test_a_word_file_that_gives_no_article_says_why(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        extract_docx(body)
    assert "\n" not in str(caught.value)
