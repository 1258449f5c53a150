"""Times, digests and hypothesis strategies that the storage tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.digests.schedule import Schedule
from bot.storage.items import Incoming
from bot.storage.subscriptions import NewSubscription
from pipelines.languages import Language
from pipelines.models import (
    Actor,
    Article,
    Digest,
    Mention,
    Sentence,
    Span,
    Summary,
    SummarySentence,
    Translation,
    Warning,
)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_digest(
    text: str = "Kabulov flew to Kabul. Talks began.", *, url: str | None = "https://news.example/1"
) -> Digest:
    article = Article(
        url=url, title="Envoy in Kabul", outlet="Example", author=None, published=date(2026, 3, 3), text=text,
        headings=(), language=Language.ENGLISH, extractor="trafilatura",
    )  # fmt: skip
    return Digest(
        article=article,
        sentences=(Sentence(index=0, start=0, stop=len(text), text=text),),
        summary=Summary(sentences=(SummarySentence(text=text, source_sentences=(0,)),), backend="centroid"),
        actors=(
            Actor(
                key="zamir-kabulov", kind="person", name="Kabulov", role="envoy", salience=0.8,
                mentions=(Mention(start=0, stop=7, text="Kabulov", kind="person"),),
                names={Language.RUSSIAN: "Кабулов"},
            ),
        ),
        translations={},
        warnings=(),
        timings_ms={"extract": 31.5},
    )  # fmt: skip


def translated(digest: Digest, language: Language, role: str = "") -> Digest:
    """``digest`` as another reader's request leaves it: with one translation, and a machine's role where one is given."""
    made = Translation(language=language, title=f"title {language}", summary=(f"text {language}",), backend="test")
    actor = digest.actors[0]
    if role:
        actor = replace(
            actor, roles={**actor.roles, language: role}, machine_roles={**actor.machine_roles, language: "test"}
        )
    return replace(digest, translations={**digest.translations, language: made}, actors=(actor,))


def an_item(
    name: str, *, title: str = "Envoy in Kabul", text: str = "Talks began.", published_at: datetime | None = None
) -> Incoming:
    """An item of a feed that is known by GUID and address."""
    return Incoming(
        identities=(f"g:{name}", f"u:{name}"), url=f"https://news.example/{name}", title=title, text=text, language="en",
        published_at=published_at,
    )  # fmt: skip


EVERY_MORNING = Schedule(times=(time(7, 30),))


def a_subscription(
    chat_id: int = -1, topic_id: int | None = None, *, feeds: tuple[int, ...] = (), enabled: bool = True
) -> NewSubscription:
    return NewSubscription(
        chat_id=chat_id,
        topic_id=topic_id,
        enabled=enabled,
        feeds=feeds,
        languages=(Language.DARI,),
        schedule=EVERY_MORNING,
    )


# whatever Python can hold as text: NUL, lone surrogates, marks of direction, all scripts
TEXT = st.text(st.characters(), max_size=30)
_MAYBE = st.none() | TEXT
_LANGUAGE = st.sampled_from(Language)
_NUMBER = st.integers(0, 10**9)
_SHARE = st.floats(allow_nan=False, allow_infinity=False)
_KIND = st.sampled_from(["person", "organisation", "country", "group"])


def _some(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=3).map(tuple)


_SPAN = st.builds(Span, start=_NUMBER, stop=_NUMBER)
_WARNING = st.builds(Warning, code=TEXT, message=TEXT, where=TEXT, about=TEXT)
_ARTICLE = st.builds(
    Article, url=_MAYBE, title=_MAYBE, outlet=_MAYBE, author=_MAYBE, published=st.none() | st.dates(), text=TEXT,
    headings=_some(_SPAN), language=_LANGUAGE, extractor=TEXT,
)  # fmt: skip
_SENTENCE = st.builds(
    Sentence, index=_NUMBER, start=_NUMBER, stop=_NUMBER, text=TEXT, paragraph=_NUMBER, heading=st.booleans()
)
_MENTION = st.builds(Mention, start=_NUMBER, stop=_NUMBER, text=TEXT, kind=_KIND, score=_SHARE, role=_MAYBE)
_BY_LANGUAGE = st.dictionaries(_LANGUAGE, TEXT, max_size=3)
_ACTOR = st.builds(
    Actor, key=TEXT, kind=_KIND, name=TEXT, role=_MAYBE, salience=_SHARE, mentions=_some(_MENTION), aliases=_some(TEXT),
    names=_BY_LANGUAGE, roles=_BY_LANGUAGE, machine_roles=_BY_LANGUAGE,
    name_source=st.sampled_from(["termbase", "article", "transliterated"]),
)  # fmt: skip
_SUMMARY = st.builds(
    Summary,
    sentences=_some(st.builds(SummarySentence, text=TEXT, source_sentences=_some(_NUMBER), extractive=st.booleans())),
    backend=TEXT,
    warnings=_some(_WARNING),
)
_TRANSLATION = st.builds(
    Translation, language=_LANGUAGE, title=_MAYBE, summary=_some(TEXT), backend=TEXT, warnings=_some(_WARNING),
    kept=_some(st.integers(-1, 9)),
)  # fmt: skip
DIGEST = st.builds(
    Digest, article=_ARTICLE, sentences=_some(_SENTENCE), summary=_SUMMARY, actors=_some(_ACTOR),
    translations=st.dictionaries(_LANGUAGE, _TRANSLATION, max_size=2), warnings=_some(_WARNING),
    timings_ms=st.dictionaries(TEXT, _SHARE, max_size=3),
)  # fmt: skip
"""Any digest at all, sensible or not."""
