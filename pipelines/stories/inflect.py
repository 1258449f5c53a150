"""Whether a word of a text is an inflected form of a word that an editor typed.

Both words as written → yes or no, by the language of the text. Inflection only, no derivation: "elections" is "election",
"elected" is not. Russian forms are the dictionary's; English, Persian and Pashto endings are in ``data/stories``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.summarise.tokens import stemmer
from pipelines.tables import cell_list, table, words as word_list
from pipelines.text import fold, name_forms, spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG: Final = 4
_SHORTEST: Final = 3
"""Letters of the shortest word that endings are looked for behind."""
_ENGLISH: Final = frozenset(("", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "ying", "i"))


def inflects(word: str, term: str, language: Language) -> bool:
    """True where ``word`` of a text in ``language`` is ``term`` in some form: case, number, tense, ezafe or enclitic."""
    found, wanted = spelling(word), spelling(term)
    if found == wanted:
        return True
    if language is Language.ENGLISH:
        return _english(found, wanted)
    if found[:1] != wanted[:1]:
        return False
    if language is Language.RUSSIAN:
        return _russian(found, term)
    return found in _script_forms(wanted, "ps" if language is Language.PASHTO else "fa")


@lru_cache(maxsize=65536)
def _english(found: str, wanted: str) -> bool:
    irregular = _irregular()
    if irregular.get(found, found) == irregular.get(wanted, wanted):
        return True
    if found[:_SHORTEST] != wanted[:_SHORTEST] or not (found + wanted).isalpha():
        return False
    stem = stemmer(Language.ENGLISH)
    return stem(found) == stem(wanted) and _english_ending(found, wanted) and _english_ending(wanted, found)


def _english_ending(word: str, other: str) -> bool:
    """True where what the word has behind the letters that both share is an ending of a form, as in "plan(ned)"."""
    differing = (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)
    at = next(differing, min(len(word), len(other)))
    rest = word[at:]
    return rest in _ENGLISH or (at > 0 and rest[:1] == word[at - 1] and rest[1:] in _ENGLISH)


@cache
def _irregular() -> dict[str, str]:
    return {form: row["word"] for row in table("stories/irregular_en.tsv") for form in cell_list(row["forms"])}


def _russian(found: str, term: str) -> bool:
    forms, verbs = _russian_forms(term)
    if found in forms:
        return True
    if not verbs or found[:_SHORTEST] != spelling(term)[:_SHORTEST]:
        return False
    from pipelines.actors.ru_morph import verb_lemmas  # noqa: PLC0415 - as below

    return not verbs.isdisjoint(verb_lemmas(found))


@lru_cache(maxsize=4096)
def _russian_forms(term: str) -> tuple[frozenset[str], frozenset[str]]:
    """Every form of a noun or adjective, and a verb's lemmas; endings of names where the dictionary does not have the word."""
    from pipelines.actors.ru_morph import readings, verb_lemmas  # noqa: PLC0415 - pymorphy3 is for Russian alone

    word = term.casefold()
    known = [reading for reading in readings(word) if reading.known]
    forms = {spelling(form.word) for reading in known for form in reading.parse.lexeme}
    return frozenset(forms or name_forms(term, Language.RUSSIAN)), verb_lemmas(word)


@lru_cache(maxsize=4096)
def _script_forms(word: str, column: str) -> frozenset[str]:
    """Every form of a folded word of Arabic script; of its singular, too, where it is a plural."""
    plurals = [ending for ending in _endings(column)["plural", ""] if word.endswith(ending)]
    singulars = [word.removesuffix(ending) for ending in plurals if len(word) - len(ending) >= _SHORTEST]
    return frozenset(form for one in (word, *singulars) for form in _with_endings(one, column))


def _with_endings(word: str, column: str) -> Iterator[str]:
    yield word
    short = column == "fa" and word in _short_plurals()
    for (kind, letters), endings in _endings(column).items():
        if kind == "plural" or (letters and word[-1] not in letters):
            continue
        stem = word[:-1] if kind == "instead" else word
        fitting = endings
        if kind == "long" and len(word) < _LONG:
            fitting = endings[:_PLURALS] if short else ()
        if short or len(stem) >= (_SHORTEST - 1 if kind == "instead" else _SHORTEST):
            yield from (stem + ending for ending in fitting)


_PLURALS: Final = 2
"""How many of the long endings are the plural's, which a few short words have as well."""


@cache
def _short_plurals() -> frozenset[str]:
    return frozenset(map(fold, word_list("stories/short_plurals_fa.txt")))


@cache
def _endings(column: str) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (row["kind"], row["of"]): tuple(map(fold, cell_list(row["endings"])))
        for row in table("stories/endings.tsv")
        if row["column"] == column
    }
