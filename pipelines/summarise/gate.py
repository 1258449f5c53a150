"""The gate of written summaries: what a model wrote is held to the article before anybody reads it.

Drafted sentences → a ``Summary``. A sentence with a number, name, quotation or negation that the article does not bear out is
replaced by its extractive neighbour, the article's sentence that it rests on, or dropped where that one is there already. What
is then missing to the asked length is filled with the article's own sentences. ``SummarySentence.extractive`` tells which is
which, ``Summary.warnings`` what was replaced and why.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from pipelines.errors import KhabarError
from pipelines.models import Summary, SummarySentence, Warning
from pipelines.tables import words
from pipelines.text import token_key, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Article, Sentence
    from pipelines.summarise.base import Summariser, SummaryLength
    from pipelines.summarise.draft import Drafter, DraftSentence

log = logging.getLogger(__name__)

MAX_SOURCES: Final = 3
"""A sentence that joins more of the article than this can no longer be traced by a reader."""
MIN_OVERLAP: Final = 0.3
"""Share of a drafted sentence's content words that its sources must hold; under it the sentence is of something else."""


class GatedSummariser:
    """A drafting back-end behind the gate. ``extractive`` gives neighbours' company and stands in if nothing is left."""

    def __init__(self, drafter: Drafter, extractive: Summariser) -> None:
        self._drafter, self._extractive = drafter, extractive
        self.name = drafter.name

    def summarise(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> Summary:
        """Summary in reading order of the drafts; extractive sentences that fill it up stand where the article has them."""
        own = self._extractive.summarise(article, sentences, length)
        try:
            drafts = self._drafter.draft(article, sentences, length)
        except KhabarError as error:
            message = f"The summary is the article's own sentences: {self.name} failed. {error}"
            failed = Warning(code="summary_backend_failed", message=message, where="summary", about=self.name)
            return Summary(sentences=own.sentences, backend=own.backend, warnings=(failed,))
        body = [sentence for sentence in sentences if not sentence.heading]
        chosen: list[SummarySentence] = []
        warnings: list[Warning] = []
        for draft in drafts[: length.sentences]:
            sentence, reason = self._passed(article, body, draft)
            if reason:
                warnings.append(_replaced(draft, reason, len(chosen), kept=sentence is not None))
            if sentence is not None and not _repeats(sentence, chosen):
                chosen.append(sentence)
        chosen = _filled(chosen, own.sentences, length)
        makers = [self.name] if any(not s.extractive for s in chosen) else []
        makers += [own.backend] if any(s.extractive for s in chosen) else []
        return Summary(sentences=tuple(chosen), backend="+".join(makers), warnings=tuple(warnings))

    def _passed(
        self, article: Article, body: Sequence[Sentence], draft: DraftSentence
    ) -> tuple[SummarySentence | None, str]:
        """The sentence itself, or its neighbour and the reason why."""
        from pipelines.verify.written import objections  # noqa: PLC0415

        sources, overlap = _sources(article, body, draft)
        if not sources:
            return None, "nothing in the article says this."
        text = " ".join(draft.text.split())
        cited = [sentence for sentence in body if sentence.index in sources]
        reason = next(iter(objections(text, article, body, cited)), "")
        if not reason and overlap < MIN_OVERLAP:
            reason = "too little of it is in the article."
        if not reason:
            return SummarySentence(text=text, source_sentences=sources, extractive=_verbatim(text, cited)), ""
        return SummarySentence(text=cited[0].text, source_sentences=(cited[0].index,)), reason


def _sources(article: Article, body: Sequence[Sentence], draft: DraftSentence) -> tuple[tuple[int, ...], float]:
    """Indices of the sentences that a draft rests on, by falling overlap, and the share of its content words in them.

    What the back-end cites is taken if it exists; else the sentences that hold most of the draft's words, each adding some.
    """
    common = _common(article)
    wanted = {token.key for token in tokens(draft.text, article.language)} - common
    held = {s.index: {token.key for token in tokens(s.text, article.language)} & wanted for s in body}
    cited = [index for index in draft.source_sentences if index in held][:MAX_SOURCES]
    found = sorted(cited, key=lambda index: -len(held[index]))
    covered = set().union(*(held[index] for index in found)) if found else set()
    while not cited and len(found) < MAX_SOURCES:
        best = max(held, key=lambda index: (len(held[index] - covered), -index), default=None)
        if best is None or len(held[best] - covered) < (1 if not found else 2):
            break
        found.append(best)
        covered |= held[best]
    return tuple(found), len(covered) / len(wanted) if wanted else 1.0


def _common(article: Article) -> frozenset[str]:
    code = "fa" if article.language.persian else article.language.value
    return frozenset(token_key(word, article.language) for word in words(f"stopwords/{code}.txt"))


def _verbatim(text: str, cited: Sequence[Sentence]) -> bool:
    return any(text == " ".join(sentence.text.split()) for sentence in cited)


def _repeats(sentence: SummarySentence, chosen: Sequence[SummarySentence]) -> bool:
    """A neighbour that is cited by what is there already says nothing new."""
    if sentence.extractive:
        return any(set(sentence.source_sentences) <= set(other.source_sentences) for other in chosen)
    return any(sentence.text == other.text for other in chosen)


def _filled(
    chosen: list[SummarySentence], own: Sequence[SummarySentence], length: SummaryLength
) -> list[SummarySentence]:
    """Up to the asked length with the article's own sentences that no other sentence rests on, the written ones first."""
    told = {index for sentence in chosen for index in sentence.source_sentences}
    room = length.sentences - len(chosen)
    spare = [sentence for sentence in own if not told & set(sentence.source_sentences)][: max(0, room)]
    filled = [*chosen, *spare]
    limit = length.characters
    while limit is not None and len(filled) > 1 and len(" ".join(s.text for s in filled)) > limit:
        filled.pop()
    return filled


def _replaced(draft: DraftSentence, reason: str, place: int, *, kept: bool) -> Warning:
    what = "is the article's own sentence" if kept else "was left out"
    message = (
        f"A sentence that the model wrote {what} instead: {reason}"
        if kept
        else f"A sentence that the model wrote {what}: {reason}"
    )
    return Warning(
        code="summary_replaced", message=message, where=f"summary[{place}]", about=" ".join(draft.text.split())[:80]
    )
