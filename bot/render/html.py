"""A digest as one self-contained HTML page: no script, no outside request, right-to-left sections marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.render.view import Line, Text, View

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, "Noto Naskh Arabic", "Noto Sans Arabic", sans-serif; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; }
article { border-top: 2px solid #1a7f8e; padding: .5rem 0 1.5rem; }
h1, h2 { line-height: 1.25; } .byline, .note, .kind { opacity: .7; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; }
td:first-child { font-weight: 600; white-space: normal; width: 38%; } li { margin: .5rem 0; }
"""


def page(views_by_digest: Iterable[list[View]]) -> str:
    """One HTML document of one or more digests, each as its views. Everything is escaped by the tree's writer."""
    root = ET.Element("html", {"lang": "en"})
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    ET.SubElement(
        head,
        "meta",
        {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"},
    )
    title = ET.SubElement(head, "title")
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(root, "body")
    for views in views_by_digest:
        for view in views:
            title.text = title.text or (view.title.text.text if view.title else "Khabar")
            _article(body, view)
    title.text = title.text or "Khabar"
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def _article(body: ET.Element, view: View) -> None:
    box = ET.SubElement(
        body, "article", {"lang": view.language.names.cldr.replace("_", "-"), "dir": view.language.direction}
    )
    if view.title:
        heading = ET.SubElement(box, "h1")
        if view.url and view.url.startswith(("https://", "http://")):
            heading = ET.SubElement(heading, "a", {"href": view.url, "rel": "noopener noreferrer nofollow"})
        _line(heading, view.title, view)
    else:
        ET.SubElement(box, "h2").text = view.language.names.native
    byline = ET.SubElement(box, "p", {"class": "byline"})
    for number, part in enumerate(view.byline):
        piece = ET.SubElement(byline, "bdi")
        piece.text = part
        piece.tail = " · " if number < len(view.byline) - 1 else None
    if view.sentences:
        listing = ET.SubElement(box, "ul")
        for sentence in view.sentences:
            _line(ET.SubElement(listing, "li"), sentence, view)
    if view.note:
        ET.SubElement(box, "p", {"class": "note"}).text = view.note
    if view.command:
        before, _, after = view.words["install_model"].partition("{command}")
        told = ET.SubElement(box, "p", {"class": "note"})
        told.text = before
        code = ET.SubElement(told, "code", {"dir": "ltr"})
        code.text, code.tail = view.command, after
    if view.maker:
        ET.SubElement(box, "p", {"class": "note"}).text = view.maker
    if view.actors:
        ET.SubElement(box, "h2").text = view.words["key_actors"]
        table = ET.SubElement(box, "table")
        for row in view.actors:
            line = ET.SubElement(table, "tr")
            _cell(line, row.name, view)
            if row.role:
                _cell(line, row.role, view)
            else:
                ET.SubElement(line, "td", {"class": "kind"}).text = row.kind
    for warning in view.warnings:
        ET.SubElement(box, "p", {"class": "warning"}).text = f"⚠ {warning}"


def _line(box: ET.Element, line: Line, view: View) -> None:
    _text(box, line.text, view)
    if line.written:
        ET.SubElement(box, "span", {"class": "kind", "title": view.words["written"]}).text = " ✎"
    if line.doubtful:
        ET.SubElement(box, "span", {"class": "warning", "title": view.words["warning"]}).text = " ⚠"


def _cell(line: ET.Element, text: Text, view: View) -> None:
    _text(ET.SubElement(line, "td"), text, view)


def _text(box: ET.Element, text: Text, view: View) -> None:
    if text.language is view.language:
        box.text = text.text
        return
    # a form in another language is isolated, so that its direction does not turn the row round
    inner = ET.SubElement(
        box, "bdi", {"lang": text.language.names.cldr.replace("_", "-"), "dir": text.language.direction}
    )
    inner.text = text.text
