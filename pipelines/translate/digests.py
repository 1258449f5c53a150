"""A digest's own texts in the readers' languages: title, summary sentence by sentence, and roles that no table could say.

Digests and languages → the same digests with ``translations`` filled and, where a role had no form in a language, the
translated role if no check found anything wrong with it. All passages of all digests go through the flow together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.models import Translation
from pipelines.translate.flow import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import Actor, Digest
    from pipelines.translate.flow import Rendering, TranslationFlow


def translate_digests(digests: Sequence[Digest], targets: Sequence[Language], flow: TranslationFlow) -> list[Digest]:
    """The digests, in order, each with a translation for every target that a back-end reaches from its language."""
    wanted = [_Wanted.of(d, t) for d in digests for t in targets if t is not d.article.language]
    wanted = [want for want in wanted if flow.can(want.digest.article.language, want.target)]
    passages = [passage for want in wanted for passage in want.passages]
    renderings = iter(flow.translate(passages)) if passages else iter(())
    done: dict[int, Digest] = {id(digest): digest for digest in digests}
    for want in wanted:
        mine = [next(renderings) for _ in want.passages]
        done[id(want.digest)] = want.put(done[id(want.digest)], mine)
    return [done[id(digest)] for digest in digests]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One digest for one reader: what is to be translated, and where the answers belong."""

    digest: Digest
    target: Language
    passages: tuple[Passage, ...]
    roles: tuple[int, ...]
    """Actors (indices) whose role is asked for, behind title and summary."""

    @classmethod
    def of(cls, digest: Digest, target: Language) -> _Wanted:
        article = digest.article

        def passage(text: str, where: str) -> Passage:
            return Passage(
                text=" ".join(text.split()),
                source=article.language,
                target=target,
                where=where,
                actors=digest.actors,
                context=article.title or "",
            )

        roles = tuple(i for i, actor in enumerate(digest.actors) if actor.role and target not in actor.roles)
        titles = [passage(article.title, "title")] if article.title else []
        summary = [passage(s.text, f"summary[{n}]") for n, s in enumerate(digest.summary.sentences)]
        asked = [passage(digest.actors[i].role or "", f"actors[{i}].role") for i in roles]
        return cls(digest, target, (*titles, *summary, *asked), roles)

    def put(self, digest: Digest, renderings: Sequence[Rendering]) -> Digest:
        titled = bool(self.digest.article.title)
        title = renderings[0] if titled else None
        summary = renderings[titled : titled + len(self.digest.summary.sentences)]
        texts = [title, *summary] if title else list(summary)
        translation = Translation(
            language=self.target,
            title=title.text if title else None,
            summary=tuple(sentence.text for sentence in summary),
            backend="+".join(dict.fromkeys(text.backend for text in texts if text.backend)),
            warnings=tuple(warning for text in texts for warning in text.warnings),
            kept=tuple(place - titled for place, text in enumerate(texts) if text.kept),
        )
        actors = list(digest.actors)
        for index, rendering in zip(self.roles, renderings[len(texts) :], strict=True):
            actors[index] = _with_role(actors[index], self.target, rendering)
        return replace(digest, actors=tuple(actors), translations={**digest.translations, self.target: translation})


def _with_role(actor: Actor, target: Language, rendering: Rendering) -> Actor:
    """The actor with a translated role, if nothing is doubtful about it; else as it was, the article's words stand."""
    if rendering.kept or rendering.warnings:
        return actor
    return replace(
        actor,
        roles={**actor.roles, target: rendering.text.rstrip(".")},
        machine_roles={**actor.machine_roles, target: rendering.backend},
    )
