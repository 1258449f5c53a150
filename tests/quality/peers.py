"""Summarisers that others keep, given the same sentences: what ours is measured against."""

from __future__ import annotations

import re
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words


class _Words:
    """sumy's own tokenizer downloads data; this one finds words by letters."""

    language = "english"

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\W\d_]+", sentence))


def lexrank(sentences: list[str], count: int) -> str:
    """sumy's LexRank: ``count`` of the English ``sentences`` in reading order, joined by spaces."""
    words: Any = _Words()
    document = ObjectDocumentModel([Paragraph([Sentence(text, words) for text in sentences])])
    summariser = LexRankSummarizer(Stemmer("english"))
    summariser.stop_words = get_stop_words("english")
    return " ".join(str(sentence) for sentence in summariser(document, count))
