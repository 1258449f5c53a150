"""Checks a summary against its article: every number, name and quotation has to be in the source.

Article, its sentences and a summary → ``Warning`` values, ``where`` naming the sentence (``summary[0]``). A sentence is held
to the sentences it cites first, then to the whole article with its title. What an extractive back-end copies passes by
construction: the same words parse to the same numbers, names and quotations.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pipelines.models import Warning
from pipelines.tables import words
from pipelines.text import fold, token_key
from pipelines.verify.names import missing, name_runs, source_words
from pipelines.verify.numbers import numbers
from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.languages import Language
    from pipelines.models import Article, Sentence, Summary
    from pipelines.verify.names import SourceWords

ANTECEDENTS: Final = 3
"""Sentences before a cited one from which a rewriting back-end may take the name that a pronoun stands for."""


def verify_summary(article: Article, sentences: Sequence[Sentence], summary: Summary) -> list[Warning]:
    """Warnings ``unsupported_number``, ``unsupported_name`` and ``unsupported_quote``, in reading order.

    A number, name or quotation that the article has, but not in the sentences cited for it, is warned of as well: it was
    moved to another statement. ``source_sentences`` that do not exist are ignored.
    """
    whole = _Source((article.title or "", article.text), article.language)
    by_index = {sentence.index: sentence for sentence in sentences}
    order = sorted(by_index)
    found: list[Warning] = []
    for number, sentence in enumerate(summary.sentences):
        cited = [by_index[i].text for i in sentence.source_sentences if i in by_index]
        near = {j for i in sentence.source_sentences for j in range(i - ANTECEDENTS, i + 1)}
        context = [by_index[i].text for i in order if i in near]
        check = _Check(
            sentence.text,
            _Source((article.title or "", *cited), article.language) if cited else whole,
            _Source((article.title or "", *context), article.language) if cited else whole,
            whole,
            where=f"summary[{number}]",
        )
        found += check.numbers()
        found += check.names()
        found += check.quotes()
    return found


class _Source:
    """Texts that a sentence may rest on, read only as far as a check asks."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self._texts = texts
        self.language = language

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number.value for text in self._texts for number in numbers(text))

    @cached_property
    def names(self) -> SourceWords:
        return source_words(self._texts, self.language)

    @cached_property
    def words(self) -> list[str]:
        return [_words(text) for text in self._texts]

    def says(self, quoted: str) -> bool:
        return any(quoted in text for text in self.words)


@dataclass(frozen=True, slots=True)
class _Check:
    text: str
    cited: _Source
    context: _Source
    whole: _Source
    where: str

    def numbers(self) -> Iterator[Warning]:
        for number in numbers(self.text):
            if number.value not in self.cited.numbers:
                yield self._warning("number", number.text, elsewhere=number.value in self.whole.numbers)

    def names(self) -> Iterator[Warning]:
        language = self.whole.language
        for run in name_runs(self.text, language, _function_words(language)):
            if missing(run, self.cited.names) and missing(run, self.context.names):
                yield self._warning("name", run.text, elsewhere=not missing(run, self.whole.names))

    def quotes(self) -> Iterator[Warning]:
        for quotation in quotations(self.text):
            said = _words(quotation.text)
            if said.strip() and not self.cited.says(said):
                yield self._warning("quote", quotation.text, elsewhere=self.whole.says(said))

    def _warning(self, kind: str, written: str, *, elsewhere: bool) -> Warning:
        what = {"number": "number", "name": "name", "quote": "quotation"}[kind]
        if kind == "name" and self.whole.language.arabic_script:
            what = "word"  # without capitals a name cannot be told from another word
        where = "is in the article, but not where this sentence comes from" if elsewhere else "is not in the article"
        about = " ".join(written.split())
        message = f"The {what} “{about}” {where}."
        return Warning(code=f"unsupported_{kind}", message=message, where=self.where, about=about)


def _words(text: str) -> str:
    """Words alone, each between spaces: quotation marks, dashes and spacing may differ between a quotation and its source."""
    letters = (str(unicodedata.decimal(c, c)) if c.isalnum() else " " for c in fold(text))
    return f" {' '.join(''.join(letters).split())} "


def _function_words(language: Language) -> frozenset[str]:
    code = "fa" if language.persian else language.value
    return frozenset(token_key(word, language) for word in words(f"stopwords/{code}.txt"))
