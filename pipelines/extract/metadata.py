"""What a page says of its article: an lxml tree -> title, authors, day, outlet, from JSON-LD, meta tags and markup.

Publishers fill schema.org and Open Graph for search engines, so that these are asked first; the headline that readers
saw (``h1``) wins over them where both say the same; htmldate and trafilatura's own rules are asked for what is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pipelines.extract.bylines import people
from pipelines.extract.dates import compact_date, find_date
from pipelines.extract.headline import headlines, outlet_of
from pipelines.extract.linked_data import Linked, plain, read_linked

if TYPE_CHECKING:
    from datetime import date

_MAX_DATE_TEXT: Final = 90
_DATE_MARK: Final = re.compile(
    r"(?:publish|post(?:ed)?|article|news|entry|created?|story)[-_]?(?:date|time|on)|date[-_]?(?:publish|created|time|line)|^date|tarikh",
    re.IGNORECASE,
)
_DATE_NAMES: Final = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "datepublished", "date.published", "published_date", "publishdate", "publish-date", "pubdate",
    "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "article.published", "rnews:datepublished", "date",
    "mediator_published_time",
)  # fmt: skip
_AUTHOR_NAMES: Final = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "byl", "article.author", "author_name", "mediator_author", "cxenseparse:author", "dc.contributor",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Checked values; ``body`` is the article as JSON-LD states it, with its own line breaks, empty where it does not."""

    title: str | None
    titles: tuple[str, ...]
    """Every headline that the page states, the one shown among them."""
    author: str | None
    published: date | None
    outlet: str | None
    body: str
    free: bool | None
    """schema.org ``isAccessibleForFree``."""


def read_metadata(tree: Any, url: str | None, *, thorough: bool = True) -> Metadata:
    """Metadata of the page parsed as ``tree`` (an lxml element, not changed).

    Without ``thorough`` only what the page states is read: no search through the text for a date or a byline.
    """
    tags = _meta_tags(tree)
    linked = read_linked(tree)
    outlet = outlet_of(tags, linked, tree, url)
    titles = headlines(tree, tags, linked, outlet, url)
    return Metadata(
        title=titles[0] if titles else None,
        titles=titles,
        author=_author(
            tree,
            tags,
            linked,
            " ".join([outlet or "", *tags.get("og:site_name", ()), *linked.outlets]),
            thorough=thorough,
        ),
        published=_published(tree, tags, linked, url, thorough=thorough),
        outlet=outlet,
        body=linked.body,
        free=linked.free,
    )


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content and content.strip():
                tags.setdefault(name.strip().lower(), []).append(plain(content))
    return tags


def _author(tree: Any, tags: dict[str, list[str]], linked: Linked, outlet: str, *, thorough: bool) -> str | None:
    names = people(linked.authors, outlet)
    for name in _AUTHOR_NAMES:
        names = names or people(tags.get(name, ()), outlet)
    if not names and thorough:
        from trafilatura.metadata import extract_author  # noqa: PLC0415

        found = extract_author(tree)
        names = people([found], outlet) if found else ()
    return ", ".join(names) or None


def _published(
    tree: Any, tags: dict[str, list[str]], linked: Linked, url: str | None, *, thorough: bool
) -> date | None:
    stated = linked.dates + [value for name in _DATE_NAMES for value in tags.get(name, ())]
    for text in stated:
        day = compact_date(text) or find_date(text)
        if day is not None:
            return day
    for element in tree.iter("time", "span", "div", "p", "li", "a", "small", "td", "abbr"):
        day = _marked_day(element)
        if day is not None:
            return day
    if not thorough:
        return None
    from htmldate import find_date as search_date  # noqa: PLC0415

    found = search_date(tree, url=url, original_date=True, extensive_search=True)
    return compact_date(found) if found else None


def _marked_day(element: Any) -> date | None:
    """Day that an element states whose markup says that it holds one."""
    if element.tag == "time":
        text = element.get("datetime") or _short_text(element)
    elif _DATE_MARK.search(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"):
        text = _short_text(element)
    else:
        return None
    return compact_date(text) or find_date(text) if text and len(text) <= _MAX_DATE_TEXT else None


def _short_text(element: Any) -> str:
    """Text of an element with few descendants; containers named "date-list" are not read through."""
    return plain(element.text_content()) if sum(1 for _ in islice(element.iter(), 9)) < 9 else ""
