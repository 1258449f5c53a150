"""The headline without the outlet, and the outlet without its slogan: what a page calls itself -> how it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipelines.extract.lines import words
from pipelines.extract.linked_data import plain

if TYPE_CHECKING:
    from pipelines.extract.linked_data import Linked

_SEPARATOR: Final = re.compile(r"\s+[|–—•·»«:-]+\s+|\s*[|»«]\s*|\s+::\s+")
_MAX_HEADLINE: Final = 400
_MAX_OUTLET: Final = 60

_TITLE_NAMES: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
)
_OUTLET_NAMES: Final = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "apple-mobile-web-app-title",
    "twitter:app:name:iphone",
)


def headlines(
    tree: Any, tags: dict[str, list[str]], linked: Linked, outlet: str | None, url: str | None
) -> tuple[str, ...]:
    """Headlines without the outlet, the best first."""
    window = next((plain(element.text_content()) for element in tree.iter("title")), "")
    stated = [*linked.headlines[:1], *(tags[name][0] for name in _TITLE_NAMES if name in tags), window]
    stated = [
        text
        for text in (_without_outlet(text, outlet, url) for text in stated if text)
        if 0 < len(text) <= _MAX_HEADLINE
    ]
    shown = [text for element in tree.iter("h1") if 0 < len(text := plain(element.text_content())) <= _MAX_HEADLINE]
    if not stated:
        return tuple(shown) if len(shown) == 1 else ()
    # what readers saw where it is the same headline, or where the stated one was cut or has the outlet before it
    best = next((head for head in shown if _same(head, stated[0])), stated[0])
    return tuple(dict.fromkeys([best, *stated, *shown]))


def _same(shown: str, stated: str) -> bool:
    """True where both have the same words, or ``stated`` is ``shown`` cut short or with a name at one end."""
    first, second = words(shown), words(stated.rstrip(".… "))
    if len(first) < 3 or len(second) < 3:
        return first == second
    cut = first[: len(second)] == second
    named = len(second) - len(first) in (1, 2, 3, 4) and first in (second[: len(first)], second[-len(first) :])
    return cut or named


def _without_outlet(title: str, outlet: str | None, url: str | None) -> str:
    """``title`` without the site's name before or behind a bar or dash."""
    names = ["".join(words(outlet))] if outlet else []
    host = "".join(words(_domain(url).rsplit(".", 1)[0])) if url else ""
    text = title
    for _ in range(4):
        pieces = list(_SEPARATOR.finditer(text))
        if not pieces:
            return text
        head, tail = text[: pieces[0].start()], text[pieces[-1].end() :]
        if _names_site(tail, names, host) or (_SECTION_TAIL.match(tail) and len(pieces) > 1):
            text = text[: pieces[-1].start()].strip()
        elif _names_site(head, names, host) and len(words(text[pieces[0].end() :])) >= 3:
            text = text[pieces[0].end() :].strip()
        else:
            return text
    return text


_SECTION_TAIL: Final = re.compile(r"^(?:news|новости|اخبار|خبر)$", re.IGNORECASE)


def _names_site(piece: str, names: list[str], host: str) -> bool:
    key = "".join(words(piece))
    if not key or len(words(piece)) > 6:
        return False
    if any(key == name or (len(key) > 3 and (key in name or name in key)) for name in names):
        return True
    flat = host.replace("www", "", 1)
    return len(key) > 2 and bool(flat) and (key in flat or (len(flat) > 3 and flat in key))


def _domain(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def outlet_of(tags: dict[str, list[str]], linked: Linked, tree: Any, url: str | None) -> str | None:
    """Name of the site: Open Graph, then the publisher in JSON-LD, the window's title, the host. None without all four."""
    address = url or _address(tree, tags)
    stated = [tags["og:site_name"][0]] if "og:site_name" in tags else []
    stated += linked.outlets + [tags[name][0] for name in _OUTLET_NAMES[1:] if name in tags]
    names = [name for text in stated if (name := _outlet_name(text))]
    if names:
        # "nj" and "cleveland" are the host once more; the publisher has a name
        return next((name for name in names if not _bare_host(name, address)), names[0])
    window = next((plain(element.text_content()) for element in tree.iter("title")), "")
    host = "".join(words(_domain(address).rsplit(".", 1)[0]))
    pieces = _SEPARATOR.split(window)
    if len(pieces) > 1 and 1 <= len(words(pieces[-1])) <= 5 and _names_site(pieces[-1], [], host):
        return pieces[-1].strip()
    return _domain(address) or None


def _outlet_name(text: str) -> str | None:
    """A site's name without its slogan, which stands behind a bar or dash."""
    name = _SEPARATOR.split(text.lstrip("@").strip())[0].strip()
    fits = 1 < len(name) <= _MAX_OUTLET and any(char.isalpha() for char in name) and "://" not in name
    return name if fits else None


def _bare_host(name: str, url: str | None) -> bool:
    return name.islower() and name.isascii() and "".join(words(name)) in "".join(words(_domain(url)))


def _address(tree: Any, tags: dict[str, list[str]]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))
    return tags["og:url"][0] if "og:url" in tags else None
