"""What a model wrote about an article, held to the article: the reasons why a sentence may not be published.

Sentence, article and the sentences that it rests on → objections, each half a sentence that ends in a full stop. Stricter than
``summary``, which warns: here a doubt is enough, because the article's own sentence can always stand in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.tables import words
from pipelines.text import fold, token_key, tokens
from pipelines.verify.lexicon import concepts
from pipelines.verify.names import missing, name_runs, source_words
from pipelines.verify.negation import negations
from pipelines.verify.pair import Side
from pipelines.verify.quantities import quantities
from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.languages import Language
    from pipelines.models import Article, Sentence

CONTEXT: Final = 2
"""Sentences before a cited one that may hold the name or number that it refers to."""


def objections(text: str, article: Article, body: Sequence[Sentence], cited: Sequence[Sentence]) -> Iterator[str]:
    """Reasons against publishing ``text``, the gravest first; nothing where it is borne out.

    Numbers and quotations must stand in the cited sentences, in those just before them or in the title; names anywhere in the
    article.
    """
    language = article.language
    place = {sentence.index: number for number, sentence in enumerate(body)}
    near = {at for s in cited for at in range(place[s.index] - CONTEXT, place[s.index] + 1) if at >= 0}
    ground = "\n\n".join((article.title or "", *(body[at].text for at in sorted(near))))
    whole = f"{article.title or ''}\n\n{article.text}"
    yield from _numbers(text, ground, language)
    yield from _names(text, whole, language)
    yield from _quotes(text, ground)
    yield from _negation(text, cited, language)


def _numbers(text: str, ground: str, language: Language) -> Iterator[str]:
    known = {value for q in quantities(Side(ground, language)) for value in (q.value, *q.also)}
    for quantity in quantities(Side(text, language)):
        if not quantity.weak and not quantity.vague and quantity.value not in known:
            yield f"the number “{quantity.text}” is not where it comes from."


def _names(text: str, whole: str, language: Language) -> Iterator[str]:
    there = {match.entry.key for match in termbase.find(whole, language)}
    for match in termbase.find(text, language):
        if match.entry.key not in there:
            yield f"the article does not name “{text[match.start : match.stop]}”."
    source = source_words((whole,), language)
    if language.arabic_script:
        # without capitals a name cannot be told from a word: what the article lacks must be a word that is known
        for token in tokens(text, language):
            if token.key not in source.places and not token.text.isdecimal() and not _everyday(token.text, language):
                yield f"the article does not have “{token.text}”."
        return
    for run in name_runs(text, language, _function_words(language)):
        if missing(run, source):
            yield f"the article does not have “{run.text}”."


def _quotes(text: str, ground: str) -> Iterator[str]:
    said = _letters(ground)
    for quotation in quotations(text):
        if _letters(quotation.text).strip() and _letters(quotation.text) not in said:
            yield f"nobody is quoted saying “{quotation.text}”."


def _negation(text: str, cited: Sequence[Sentence], language: Language) -> Iterator[str]:
    mine = negations(Side(text, language))
    theirs = [negations(Side(sentence.text, language)) for sentence in cited]
    if mine.hard and not any(other.hard or other.privative or other.soft for other in theirs):
        yield "it denies what the article says."
    elif not (mine.hard or mine.privative or mine.soft) and len(theirs) == 1 and theirs[0].hard:
        yield "it leaves out a “not” of the article."


@cache
def _function_words(language: Language) -> frozenset[str]:
    return frozenset(token_key(word, language) for word in words(f"stopwords/{_code(language)}.txt"))


def _everyday(word: str, language: Language) -> bool:
    """True for a word of the lexicon or a function word: no name that a model made up."""
    return token_key(word, language) in _function_words(language) or any(concepts(Side(word, language)))


def _code(language: Language) -> str:
    return "fa" if language.persian else language.value


def _letters(text: str) -> str:
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in fold(text)).split())} "
