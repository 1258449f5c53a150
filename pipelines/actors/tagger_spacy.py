"""English actors with spaCy's help (extra ``[spacy]``): the patterns first, then persons and organisations they missed.

spaCy knows names by their context, the patterns know roles; where both see the same words the patterns' mention stands.
A spaCy entity is added only where the whole text agrees: a person of two words or more, an organisation that is named
twice. Needs spaCy and its pipeline ``en_core_web_sm``, which is not on PyPI (``python -m spacy download en_core_web_sm``).
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pipelines.actors.tagger_en import EnglishTagger
from pipelines.models import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import ActorKind, Article, Sentence

PIPELINE: Final = "en_core_web_sm"
UNUSED: Final = ("parser", "tagger", "lemmatizer", "attribute_ruler", "senter")
ADDED_SCORE: Final = 0.6
"""Trust in a name that spaCy alone saw: under a pattern's, over a mere capital's."""
_KINDS: Final[dict[str, ActorKind]] = {"PERSON": "person", "ORG": "organisation"}


class SpacyTagger:
    """Pattern tagger and spaCy. ``pipeline`` is a spaCy pipeline's name or folder; loaded at the first article."""

    def __init__(self, pipeline: str = PIPELINE) -> None:
        self._pipeline = pipeline
        self._patterns = EnglishTagger()

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """See ``Tagger.tag``. Raises OSError where the pipeline is not installed."""
        found = self._patterns.tag(article, sentences)
        entities = [e for e in self._model(article.text).ents if e.label_ in _KINDS]
        counts = Counter(entity.text for entity in entities)
        taken = [(m.start, m.stop) for m in found]
        for entity in entities:
            if any(entity.start_char < stop and start < entity.end_char for start, stop in taken):
                continue
            kind = _KINDS[entity.label_]
            if (kind == "person" and len(entity.text.split()) < 2) or (
                kind == "organisation" and counts[entity.text] < 2
            ):
                continue
            found.append(
                Mention(start=entity.start_char, stop=entity.end_char, text=entity.text, kind=kind, score=ADDED_SCORE)
            )
            taken.append((entity.start_char, entity.end_char))
        return sorted(found, key=lambda m: m.start)

    @cached_property
    def _model(self) -> Any:
        import spacy  # noqa: PLC0415

        return spacy.load(self._pipeline, exclude=list(UNUSED))
