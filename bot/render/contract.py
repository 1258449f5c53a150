"""The JSON contract: one object a digest or failure, keys stable (docs/design.md section 4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.errors import NoDigestError
    from pipelines.languages import Language
    from pipelines.models import Actor, Article, Digest, ExtractedArticle, StageFailure, Translation, Warning


def digest_line(digest: Digest, *, path: str | None, with_text: bool) -> str:
    """A digest as one line of JSON. ``path`` is the file it came from, None for an address."""
    article = digest.article
    record: dict[str, Any] = {
        "source": _source(article, url=article.url, path=path),
        "language": article.language.value,
    }
    if with_text:
        record["text"] = article.text
    record |= {
        "summary": {
            "backend": digest.summary.backend,
            "sentences": [
                {"text": s.text, "source_sentences": list(s.source_sentences), "extractive": s.extractive}
                for s in digest.summary.sentences
            ],
        },
        "actors": [_actor(actor) for actor in digest.actors],
        "translations": {language.value: _translation(t, digest.actors) for language, t in digest.translations.items()},
        "warnings": plain_warnings(digest.warnings),
        "timings_ms": dict(digest.timings_ms),
    }
    return json.dumps(record, ensure_ascii=False)


def text_line(failure: StageFailure, error: NoDigestError, *, path: str | None) -> str:
    """A source whose text was asked for and had, but of which no digest can be made: the same keys, and a warning why."""
    extracted: ExtractedArticle = error.extracted
    record = {
        "source": _source(extracted, url=None if path else failure.source, path=path),
        "language": error.language,
        "text": extracted.text,
        "summary": {"backend": None, "sentences": []},
        "actors": [],
        "translations": {},
        "warnings": [{"code": error.code, "message": str(error), "where": "summary", "about": ""}],
        "timings_ms": {},
    }
    return json.dumps(record, ensure_ascii=False)


def failure_line(failure: StageFailure) -> str:
    """A failed source as one line of JSON."""
    error = {"code": failure.error.code, "message": str(failure.error)}
    return json.dumps({"source": failure.source, "error": error}, ensure_ascii=False)


def _source(article: Article | ExtractedArticle, *, url: str | None, path: str | None) -> dict[str, str | None]:
    return {
        "url": url,
        "path": path,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "key": actor.key,
        "kind": actor.kind,
        "name": actor.name,
        "aliases": list(actor.aliases),
        "role": actor.role,
        "salience": actor.salience,
        "mentions": len(actor.mentions),
        "names": _plain(actor.names.items()),
        "roles": _plain(actor.roles.items()),
        "name_source": actor.name_source,
    }


def _plain(forms: Iterable[tuple[Language, str]]) -> dict[str, str]:
    return {language.value: form for language, form in forms}


def _translation(translation: Translation, actors: Iterable[Actor]) -> dict[str, Any]:
    """``machine_roles`` are the keys of actors whose role a back-end translated; the other roles are said by the tables."""
    return {
        "title": translation.title,
        "summary": list(translation.summary),
        "backend": translation.backend,
        "kept": list(translation.kept),
        "machine_roles": [actor.key for actor in actors if translation.language in actor.machine_roles],
        "warnings": plain_warnings(translation.warnings),
    }


def plain_warnings(warnings: Iterable[Warning]) -> list[dict[str, str]]:
    """Warnings as the contract has them; ``about`` is the number, name or word that one speaks of."""
    return [{"code": w.code, "message": w.message, "where": w.where, "about": w.about} for w in warnings]
