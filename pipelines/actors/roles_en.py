"""The role of a person as English news states it, beside the name: before it, in apposition after it, or by a copula.

``before``: "Russian President Vladimir Putin's special envoy for Afghanistan Zamir Kabulov". ``after``: "Mohammad Naeem,
the group's spokesman, said". ``copula``: "Kavanaugh is currently a judge on the D.C. Circuit". Each answers the words of
the article, without article and comma, or None; nothing is made up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors.spans_en import (
    EnglishText,
    is_capital,
    organisation_nouns,
    possessive,
    role_nouns,
    stopwords,
    verbs,
)
from pipelines.tables import cell_list, table, word_class

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MAX_ROLE_TOKENS: Final = 16
_DETERMINERS: Final = frozenset({"the", "a", "an", "one", "his", "her", "their", "its", "our", "another"})
_ROLE_LINKS: Final = frozenset({"of", "for", "to", "on", "at", "in", "and", "the", "from", "with", "under"})
_ADJECTIVES: Final = word_class("actors/classes_en.tsv", "role_adjective")
_ROLE_END: Final = re.compile(r",|;|—|–\s|\s-\s|--|\(|\)|[.!?…]|\"|”|:|\n")
_RELATIVE: Final = frozenset(
    {"who", "whom", "whose", "which", "that", "when", "where", "as", "after", "before", "while", "because"}
)


def before(text: EnglishText, name: int, low: int) -> tuple[str | None, int]:
    """Role that ends where the name begins.

    ``name`` is the token at which the name proper begins, ``low`` the first token that may be used (the sentence's).
    Answers the role's words and the token at which they begin (``name`` if none).
    """
    comma = name > low and text.gap(name).strip() == ","
    if name == low or (not comma and text.gap(name).strip(" \u00a0.")):
        return None, name
    if text.word(name - 1).casefold() in _ROLE_LINKS:
        return None, name  # "a player at LSU", "a native of Uzbekistan": the name is a part of the role
    head = _head_left(text, name, low, comma=comma)
    if head is None:
        return None, name
    start = _extend_left(text, head, low)
    if comma and not _definite(text, start, low):
        return None, name
    start = _skip_determiners(text, start, name)
    role = _clean(text.text[text.tokens[start].start : text.tokens[name - 1].stop])
    return (role, start) if role else (None, name)


def _common(lowered: str) -> bool:
    """A word that may stand in a role's own phrase in front of a comma: "the editor of the paper, X,"."""
    return lowered not in verbs() and lowered not in stopwords() and not lowered.endswith(("ed", "ing"))


def _head_left(text: EnglishText, name: int, low: int, *, comma: bool) -> int | None:
    """The role noun nearest to the name: at once before it, or before its own "of", "for", "to" phrase."""
    at = name - 1
    while at >= low and name - at <= MAX_ROLE_TOKENS:
        word = text.word(at)
        if word.casefold() in role_nouns() and not possessive(text, at) and not _institution(text, at):
            return at
        lowered = word.casefold()
        if at < name - 1 and text.gap(at + 1).strip(" \u00a0.-"):
            return None
        if not (is_capital(word) or lowered in _ROLE_LINKS or lowered in _body_words() or (comma and _common(lowered))):
            return None
        if is_capital(word) and at == name - 1 and _no_link_between(text, at, low):
            return None
        at -= 1
    return None


def _institution(text: EnglishText, at: int) -> bool:
    """ "General Assembly", "Justice Department": the noun of a role is a part of an institution's name."""
    return is_capital(text.word(at)) and text.word(at + 1) in organisation_nouns() and text.gap(at + 1) == " "


def _no_link_between(text: EnglishText, at: int, low: int) -> bool:
    """True unless a capitalised word directly before the name belongs to a role's own phrase ("envoy for Afghanistan X")."""
    index = at
    while index >= low and (is_capital(text.word(index)) or text.word(index).casefold() == "the"):
        index -= 1
    return index < low or text.word(index).casefold() not in _ROLE_LINKS


def _extend_left(text: EnglishText, head: int, low: int) -> int:
    start = head
    while start > low and head - start < MAX_ROLE_TOKENS:
        gap = text.gap(start)
        previous = start - 1
        word, lowered = text.word(previous), text.word(previous).casefold()
        if gap.replace("'s", "").strip(" \u00a0.-’s") or ("." in gap and len(word) > 4):
            break
        owner = possessive(text, previous)
        if (is_capital(word) and (lowered not in stopwords() or lowered == "us")) or gap == "-":
            start = previous  # "under-secretary-general" is one word
        elif (
            (owner and lowered not in stopwords())
            or lowered in _ADJECTIVES
            or lowered in _body_words()
            or lowered in role_nouns()
        ):
            if lowered in verbs() or _acted(text, previous, low):
                break
            start = previous
        elif (
            lowered == "and"
            and text.word(previous - 1).casefold() in _ADJECTIVES | role_nouns() | _body_words()
            and previous - 1 >= low
        ) or (lowered in {"of", "for"} and previous - 1 >= low and text.word(previous - 1).casefold() in role_nouns()):
            start = previous - 1
        else:
            break
    return start


def _acted(text: EnglishText, at: int, low: int) -> bool:
    """ "Naim accused Prime Minister X": between two capitals a word in -ed is what someone did, "state-owned" aside."""
    return (
        text.word(at).endswith("ed")
        and at > low
        and text.gap(at) == " "
        and is_capital(text.word(at - 1))
        and not possessive(text, at - 1)
        and is_capital(text.word(at + 1))
    )


def _skip_determiners(text: EnglishText, start: int, stop: int) -> int:
    while start < stop - 1 and text.word(start).casefold() in _DETERMINERS:
        start += 1
    return start


def _definite(text: EnglishText, start: int, low: int) -> bool:
    """ "Trump's press secretary, Sarah Sanders,": an apposition in front of the name is definite."""
    if any(possessive(text, index) for index in range(start, min(start + 6, len(text.tokens)))):
        return True
    return start > low and text.word(start - 1).casefold() in {"the", "his", "her", "its", "their", "a", "an"}


def after(text: EnglishText, stop: int, high: int) -> str | None:
    """Role in apposition after the name that ends before token ``stop``; ``high`` is the sentence's end."""
    if stop >= high:
        return None
    gap = text.gap(stop)
    at = stop
    if gap.strip() not in (",", "(", "—", "–", "-"):
        return None
    if text.word(at).isdigit():  # "Simpson, 20, a student": the age stands between
        at += 1
        if at < high and text.gap(at).strip() not in (",", "),", ")"):
            return None
    if text.word(at).casefold() == "who":
        return _relative(text, at + 1, high)
    return _noun_phrase(text, at, high)


def copula(text: EnglishText, stop: int, high: int) -> str | None:
    """Role after "is", "was", "serves as" that follows the name."""
    at = stop
    if at >= high or text.gap(at).strip():
        return None
    return _relative(text, at, high)


def _relative(text: EnglishText, at: int, high: int) -> str | None:
    """ "[who] (also|currently) is|was|serves as|became|heads NP"."""
    words = [text.word(i).casefold() for i in range(at, min(at + 5, high))]
    skip = 0
    adverbs = {
        "also",
        "currently",
        "now",
        "then",
        "previously",
        "once",
        "has",
        "had",
        "been",
        "still",
        "later",
        "reportedly",
    }
    while skip < len(words) and words[skip] in adverbs:
        skip += 1
    rest = words[skip:]
    if rest[:2] in (
        ["serves", "as"],
        ["served", "as"],
        ["works", "as"],
        ["worked", "as"],
        ["acts", "as"],
        ["serving", "as"],
    ):
        skip += 2
    elif rest[:1] in (["is"], ["was"], ["became"], ["remains"]):
        skip += 1
        while at + skip < high and text.word(at + skip).casefold() in adverbs:
            skip += 1
    elif words[:2] == ["has", "served"] and rest[:1] == ["served"]:
        skip += 2
    else:
        return None
    return _noun_phrase(text, at + skip, high, copular=True)


def _noun_phrase(text: EnglishText, at: int, high: int, *, copular: bool = False) -> str | None:
    """ "the deputy head of the negotiating team that …": from ``at`` to its comma, verb or relative pronoun."""
    if at >= high:
        return None
    first = text.word(at).casefold()
    definite = first in _DETERMINERS or possessive(text, at) or (at + 1 < high and possessive(text, at + 1))
    end = at
    head: int | None = None
    limit = min(high, at + MAX_ROLE_TOKENS)
    while end < limit:
        word, lowered = text.word(end), text.word(end).casefold()
        if end > at and _ROLE_END.search(_between(text, end)):
            break
        if end > at and (
            lowered in _RELATIVE or (lowered in verbs() and lowered not in role_nouns() and not is_capital(word))
        ):
            break
        if head is None and _role_noun(lowered) and not possessive(text, end):
            head = end
        elif (
            head is None
            and end > at
            and lowered in _ROLE_LINKS - {"and", "the"}
            and first != "one"
            and text.gap(end + 1) != "-"
        ):
            return None  # the phrase's own noun came before this preposition and was no role
        end += 1
    if head is None or end <= at:
        return None
    closed = (
        end >= high or bool(_ROLE_END.search(_between(text, end))) or text.word(end).casefold() in _RELATIVE | verbs()
    )
    if not closed or not (definite or copular or _bare_title(text, at, head)):
        return None
    if copular and not definite and first not in role_nouns() | _ADJECTIVES:
        return None
    start = _skip_determiners(text, at, end) if first != "one" else at
    while end > head + 1 and text.word(end - 1).casefold() in _ROLE_LINKS | stopwords():
        end -= 1
    return _clean(text.text[text.tokens[start].start : text.tokens[end - 1].stop])


def _between(text: EnglishText, index: int) -> str:
    gap = text.gap(index)
    # the dot of "U.S. " and of initials ends no phrase
    return gap.replace(". ", " ") if len(text.word(index - 1).replace(".", "")) <= 2 else gap


def _bare_title(text: EnglishText, at: int, head: int) -> bool:
    """ "…, director of the CIA," and "…, Russian foreign minister," need no article."""
    return all(
        text.word(i).casefold() in _ADJECTIVES | role_nouns() | _body_words() or is_capital(text.word(i))
        for i in range(at, head + 1)
    ) and (text.word(head)[:1].islower() or at < head)


def _role_noun(lowered: str) -> bool:
    if lowered in role_nouns():
        return True
    return lowered.endswith("s") and lowered[:-1] in role_nouns()


def _clean(role: str) -> str | None:
    role = re.sub(r"\s+", " ", role).strip(" ,.-–—'’\"“”")
    for opening in ("the ", "a ", "an ", "his ", "her ", "their ", "its "):
        if role.casefold().startswith(opening):
            role = role[len(opening) :]
    return role or None


@cache
def _body_words() -> AbstractSet[str]:
    """Words of the bodies and titles of the role lexicon, lower case: "negotiating", "team", "ministry"."""
    found: set[str] = set()
    for name in ("roles/bodies.tsv", "roles/titles.tsv"):
        for row in table(name):
            for form in (row["en"], *cell_list(row["aliases_en"])):
                found.update(form.casefold().replace("-", " ").split())
    return frozenset(found - stopwords() - {"of", "for", "the", "to", "and"})
