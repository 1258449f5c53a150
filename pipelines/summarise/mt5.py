"""mT5-XLSum on CTranslate2: an article → a few sentences that the model wrote, in the article's language.

Fine-tuned on BBC articles in 44 languages, English, Russian, Persian and Pashto among them (Hasan et al., XL-Sum, Findings of
ACL 2021). What it writes is a draft: it may state what the article does not, and whoever publishes it checks it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import BackendError
from pipelines.languages import READ
from pipelines.segment import segment
from pipelines.summarise.draft import DraftSentence
from pipelines.translate.ct2_model import load_ct2
from pipelines.translate.resident import IDLE_SECONDS, Resident

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.languages import Language
    from pipelines.models import Article, Sentence
    from pipelines.summarise.base import SummaryLength
    from pipelines.translate.ct2_model import Loaded

DECODING: Final = "ct2.2"
"""Part of the revision: to be changed with anything below that changes outputs."""

LANGUAGES: Final = frozenset(READ)
"""XL-Sum has no Dari of its own; its Persian articles are BBC Persian's, which serves Afghanistan as well."""

_READ_TOKENS: Final = 512
_WRITTEN_TOKENS: Final = 84
_SETTING: Final[dict[str, Any]] = {"beam_size": 4, "no_repeat_ngram_size": 2, "patience": 2}
"""The model card's recipe, 84 tokens included."""
_END: Final = "</s>"


class Mt5Summariser:
    """A writer of abstractive drafts. Thread-safe; ``threads`` and ``idle`` as the translators have them."""

    languages = LANGUAGES

    def __init__(
        self, *, name: str, folder: Path, revision: str, threads: int = 0, idle: float | None = IDLE_SECONDS
    ) -> None:
        self.name = name
        self.revision = f"{revision}+{DECODING}"
        self._folder, self._threads = folder, threads
        self._resident = Resident(self._load, idle=idle)

    @property
    def loaded(self) -> bool:
        """True while the model is in memory."""
        return self._resident.loaded

    def draft(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> list[DraftSentence]:
        """Up to ``length.sentences`` sentences in reading order; fewer characters than ``length.characters`` where it is set.

        The model reads the article's first 512 tokens, not ``sentences``, and cannot tell which of them it used. A last sentence
        that ran into the bound of 84 tokens is left out, unless it is the only one. Raises BackendError where nothing came out
        of it, ModelError where the model cannot be loaded.
        """
        del sentences
        with self._resident.use() as model:
            read = model.pieces.encode(" ".join(article.text.split()))[: _READ_TOKENS - 1]
            try:
                result = model.translator.translate_batch(
                    [[*read, _END]],
                    max_input_length=0,
                    max_decoding_length=_WRITTEN_TOKENS,
                    disable_unk=True,
                    return_end_token=True,
                    **_SETTING,
                )[0]
            except (RuntimeError, ValueError, MemoryError) as error:
                raise BackendError(f"{self.name} failed on this article ({error}).", retryable=True) from error
            said = result.hypotheses[0]
            ended = said[-1:] == [_END]
            text = model.pieces.decode(said)
        written = _bounded(_sentences(text, article.language, ended=ended), length) or self._nothing()
        return [DraftSentence(text=sentence) for sentence in written]

    def close(self) -> None:
        """Free the model's memory. A later ``draft`` loads it again."""
        self._resident.drop()

    def _nothing(self) -> list[str]:
        raise BackendError(f"{self.name} wrote nothing about this article that fits the length asked for.")

    def _load(self) -> Loaded:
        return load_ct2(self._folder, self._threads)


def _sentences(text: str, language: Language, *, ended: bool) -> list[str]:
    sentences = [sentence.text for sentence in segment(" ".join(text.split()), language)]
    return sentences if ended or len(sentences) < 2 else sentences[:-1]


def _bounded(sentences: list[str], length: SummaryLength) -> list[str]:
    """As many of the first sentences as the bounds allow, with one space between them; none where the first is too long."""
    kept: list[str] = []
    for sentence in sentences[: length.sentences]:
        if length.characters is not None and len(" ".join([*kept, sentence])) > length.characters:
            break
        kept.append(sentence)
    return kept
