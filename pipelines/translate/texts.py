"""Plain text, line by line: one paragraph a line stays one paragraph a line, whatever the back-end.

Text and two languages → lines in the other language, who made them, and warnings that name the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.translate.flow import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import Actor, Warning
    from pipelines.translate.flow import TranslationFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTranslation:
    """A translated text. ``lines`` run line for line with the source; ``warnings``' ``where`` is ``line N``, from 1."""

    lines: tuple[str, ...]
    backend: str
    warnings: tuple[Warning, ...]


def translate_text(
    text: str, source: Language, target: Language, flow: TranslationFlow, actors: Sequence[Actor] = ()
) -> TextTranslation:
    """``text`` in ``target``. Raises LookupError where no back-end translates the pair."""
    from pipelines.segment import segment  # noqa: PLC0415

    passages: list[Passage] = []
    owners: list[int] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        for sentence in segment(line, source, ()):
            passage = Passage(
                text=" ".join(sentence.text.split()),
                source=source,
                target=target,
                where=f"line {number + 1}",
                actors=tuple(actors),
            )
            passages.append(passage)
            owners.append(number)
    renderings = flow.translate(passages)
    said: list[list[str]] = [[] for _ in lines]
    for owner, rendering in zip(owners, renderings, strict=True):
        said[owner].append(rendering.text)
    return TextTranslation(
        # a line without a word ("* * *") has no sentence and stays
        lines=tuple(" ".join(done) if done else line for done, line in zip(said, lines, strict=True)),
        backend="+".join(dict.fromkeys(r.backend for r in renderings if r.backend)),
        warnings=tuple(warning for rendering in renderings for warning in rendering.warnings),
    )
