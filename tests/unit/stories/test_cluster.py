"""Which story a report joins, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from pipelines.stories.cluster import COPY, assign, merged
from pipelines.stories.features import MOST, MOST_WORDS, features
from pipelines.stories.models import Features, Known
from tests.unit.stories.reports import NOON, QUAKE, TALKS, report


def known(found: Features, number: int = 1) -> Known:
    return Known(id=number, features=found, last_at=NOON)


def talks() -> Features:
    return features(report(title=TALKS[0], text=TALKS[1]))


def test_reports_of_one_event_join_across_languages_with_reasons() -> None:
    match = assign(features(report("ru")), [known(talks(), 1), known(features(report("en")), 2)])
    assert match is not None
    assert match.story_id == 2
    assert {"taliban", "zabihullah-mujahid"} <= set(match.actors)
    assert {"214", "1350"} <= set(match.numbers)
    assert match.copied == 0
    assert 0.5 <= match.score <= 1


def test_another_event_with_the_same_actors_is_another_story() -> None:
    assert assign(talks(), [known(features(report(language)), n) for n, language in enumerate(QUAKE)]) is None
    assert assign(features(report("prs")), [known(talks())]) is None


def test_a_shortened_copy_under_another_title_joins() -> None:
    _, text = QUAKE["en"]
    copy = features(report(title="Hundreds feared dead", text=" ".join(text.split()[:40])))
    match = assign(copy, [known(features(report("en")))])
    assert match is not None
    assert match.copied >= COPY


def test_an_old_story_takes_only_what_is_very_like_it() -> None:
    late = NOON + timedelta(hours=73)
    story = known(features(report("en")))
    assert assign(features(report("en")), [story], published_at=late) is not None
    title, text = QUAKE["ru"]
    loose = features(report("ru", title=title, text=text.split(". ")[0]))
    soon = assign(loose, [story], published_at=NOON + timedelta(hours=70))
    assert soon is not None
    assert assign(loose, [story], published_at=late) is None


def test_the_order_of_candidates_does_not_matter() -> None:
    stories = [known(features(report("en")), 7), known(features(report("en")), 3), known(talks(), 1)]
    chosen = {assign(features(report("ru")), some).story_id for some in permutations(stories)}  # type: ignore[union-attr]
    assert chosen == {3}, "of equals the lowest"


def test_no_candidates_no_story() -> None:
    assert assign(features(report()), []) is None


def test_reports_without_words_join_nothing() -> None:
    empty = features(replace(report(), title="", text=""))
    assert assign(empty, [known(empty)]) is None


def test_a_story_grows_with_its_reports_and_stays_bounded() -> None:
    story = features(report("en"))
    for language in ("ru", "prs", "en", "ru") * 10:
        story = merged(story, features(report(language)))
    assert story.reports == 41
    assert {"words:en", "words:ru", "words:fa"} <= set(story.marks)
    assert all(len(marks) <= MOST.get(kind, MOST_WORDS) for kind, marks in story.marks.items())
    assert len(story.sketch) <= 96
    for language in QUAKE:
        assert assign(features(report(language)), [known(story)]) is not None
    assert assign(talks(), [known(story)]) is None
