"""Our own articles in five languages, which run everywhere: actors that must be there, openers that must not.

Each ``articles/<name>.txt`` has a ``.json`` beside it that an editor wrote: language, title, actors, dangling sentences.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipelines.digest import DigestOptions, digest
from pipelines.languages import Language
from pipelines.models import Actor, Digest, Page
from pipelines.summarise.base import LENGTHS
from pipelines.text import fold, token_key, tokens

ARTICLES = Path(__file__).with_name("articles")
NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))
FOUND_FLOOR = {"en": 0.9, "ru": 0.75, "fa": 0.8, "prs": 0.75, "ps": 0.7}
"""Share of the actors that an editor wants, by language; these only rise."""


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ARTICLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def digested(name: str) -> Digest:
    body = (ARTICLES / f"{name}.txt").read_bytes()
    page = Page(
        url=None, final_url=None, content_type="text/plain", body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return digest(page, DigestOptions(length=LENGTHS["long"]))


def same(wanted: dict[str, Any], actor: Actor, language: Language) -> bool:
    forms = {fold(form) for form in wanted["forms"]}
    names = [actor.name, *actor.aliases, *actor.names.values()]
    if any(fold(name) in forms for name in names):
        return True
    last = {token_key(tokens(form, language)[-1].text, language) for form in wanted["forms"]}
    return (
        wanted["kind"] == actor.kind == "person" and token_key(tokens(actor.name, language)[-1].text, language) in last
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_language_and_the_title_are_found(name: str) -> None:
    wanted, answer = expected(name), digested(name)
    language = answer.article.language.value
    persian = {"fa", "prs"}
    assert language == wanted["language"] or {language, wanted["language"]} == persian
    assert fold(answer.article.title or "") == fold(wanted["title"])


@pytest.mark.parametrize("language", sorted(FOUND_FLOOR))
def test_the_actors_an_editor_wants_are_found(language: str) -> None:
    found, missed = 0, []
    for name in (n for n in NAMES if n.startswith(f"{language}_")):
        answer = digested(name)
        for wanted in (a for a in expected(name)["actors"] if a["must"]):
            if any(same(wanted, actor, answer.article.language) for actor in answer.actors):
                found += 1
            else:
                missed.append(f"{name}: {wanted['name']}")
    assert found / max(1, found + len(missed)) >= FOUND_FLOOR[language], missed


@pytest.mark.parametrize("name", NAMES)
def test_no_summary_opens_with_a_dangling_sentence(name: str) -> None:
    first = digested(name).summary.sentences[0].text
    assert not any(fold(first).startswith(fold(opener)[:60]) for opener in expected(name)["not_openers"])


@pytest.mark.parametrize("name", NAMES)
def test_the_summary_quotes_the_article_and_warns_of_nothing(name: str) -> None:
    answer = digested(name)
    assert all(sentence.text in answer.article.text for sentence in answer.summary.sentences)
    assert answer.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_person_of_the_termbase_has_a_name_for_each_reader(name: str) -> None:
    for actor in digested(name).actors:
        if actor.name_source == "termbase" and actor.kind == "person":
            assert {Language.RUSSIAN, Language.DARI, Language.PASHTO} <= set(actor.names), actor.key
