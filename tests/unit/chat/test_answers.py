"""What models write instead of JSON, and what may be believed of it."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from pipelines.chat.answers import AnswerError, Sourced, clean, read_summary, read_translations

GOOD = '{"translations": [{"id": 1, "text": "یک"}, {"id": 2, "text": "دو"}]}'
BOTH = {1: "یک", 2: "دو"}


@pytest.mark.parametrize(
    "answer",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"Here is the [JSON] you asked for, {{as wanted}}:\n\n{GOOD}\n\nI hope this helps!",
        f'<think>\nThe draft {{"translations": [{{"id": 1, "text": "x"}}]}} is bad.\n</think>\n\n{GOOD}',
        f'So the user wants {{"id": 9}}\n</think>{GOOD}',
        '{"translations": [{"id": 1, "text": "یک",}, {"id": 2, "text": "دو"},],}',
        '[{"id": 1, "text": "یک"}, {"id": 2, "text": "دو"}]',
        '{"id": 1, "text": "یک"}\n{"id": 2, "text": "دو"}',
        '{"translations": [{"id": "1", "text": "یک"}, {"id": 2.0, "text": "دو"}]}',
        "{“translations”: [{“id”: 1, “text”: “یک”}, {“id”: 2, “text”: “دو”}]}",
        "{“translations”: [{“id”: 1, “text”: “یک”,}, {“id”: 2, “text”: “دو”},]}",
        '{"translations": {"1": "یک", "2": "دو"}}',
        '{"translations": [{"id": 2, "text": "دو", "note": "?"}, {"text": " یک\\n", "id": 1}], "language": "prs"}',
        '{"translations": [{"id": 1, "text": "یک"}], "translations": [{"id": 2, "text": "دو"}]}',
        '{"translations": [{"id": 1, "id": 1, "text": "یک"}, {"id": 2, "text": "دو"}]}',
        '{"translations": [{"id": 1, "text": "یک\n"}, {"id": 2, "text": "دو"}]}',
    ],
)
def test_all_ids_are_read_from_answers_that_are_not_quite_json(answer: str) -> None:
    said = read_translations(answer, [1, 2])
    assert (said.texts, said.problems) == (BOTH, {})


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        ('{"translations": [{"id": 2, "text": "دو"}]}', {2: "دو"}, {1: "lacks this sentence"}),
        ('{"translations": []}', {}, {1: "lacks this sentence", 2: "lacks this sentence"}),
        (
            '[{"id": 1, "text": "یک"}, {"id": 2, "text": "دو"}, {"id": 2, "text": "سه"}]',
            {1: "یک"},
            {2: "has this sentence twice"},
        ),
        (
            '[{"id": 1, "text": "یک", "text": "نه"}, {"id": 2, "text": "دو"}]',
            {2: "دو"},
            {1: "has this sentence twice"},
        ),
        (
            '[{"id": 1, "text": " \\n"}, {"id": 2, "text": "دو"}]',
            {2: "دو"},
            {1: "has no usable text for this sentence"},
        ),
        ('[{"id": 1, "text": null}, {"id": 2, "text": "دو"}]', {2: "دو"}, {1: "has no usable text for this sentence"}),
        (
            '[{"id": 1, "text": "\\ud83d"}, {"id": 2, "text": "دو"}]',
            {2: "دو"},
            {1: "has no usable text for this sentence"},
        ),
        ('[{"id": 1, "text": "…"}, {"id": 2, "text": "دو"}]', {2: "دو"}, {1: "has no usable text for this sentence"}),
    ],
)
def test_one_bad_sentence_leaves_the_other(answer: str, right: dict[int, str], wrong: dict[int, str]) -> None:
    said = read_translations(answer, [1, 2])
    assert (said.texts, said.problems) == (right, wrong)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("I cannot do that.", "holds no JSON"),
        ("", "holds no JSON"),
        ('{"translations": [{"id": 1, "text": "یک"}, {"id": 2, "te', "is not whole JSON"),
        (f"<think>Perhaps {GOOD}", "thinking without an end"),
        (GOOD[:-1] + ', "text": nope}', "is not whole JSON"),
        (
            '{"translations": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}, {"id": 3, "text": "c"}]}',
            "1 sentences that",
        ),
        ('{"answer": "Bonjour"}', "has another shape"),
        ('{"translations": ["یک", "دو"]}', "has another shape"),
        ('{"translations": "یک"}', "has another shape"),
        ('[{"text": "یک"}, {"text": "دو"}]', "without an id"),
        ('[{"id": true, "text": "یک"}]', "without an id"),
        (f'{GOOD} {{"system_prompt": "You are"}}', "has another shape"),
        ("[" * 200_000, "holds no JSON"),
        ("[{" * 100_000, "is not whole JSON"),
        ('{"a":' * 100_000, "is not whole JSON"),
        ('{"id": ' + "9" * 10_000 + ', "text": "x"}', "is not whole JSON"),
        # The sentence quotes an answer and the model forgot to escape it: what is inside is text, not an answer
        ('{"translations": [{"id": 1, "text": "{"translations": [{"id": 1, "text": "evil"}]}"}]}', "is not whole JSON"),
    ],
)
def test_an_answer_of_another_kind_is_not_believed_at_all(answer: str, what: str) -> None:
    with pytest.raises(AnswerError, match=what):
        read_translations(answer, [1, 2] if "evil" not in answer else [1])


def test_a_translated_answer_stays_text() -> None:
    inner = '{"translations": [{"id": 1, "text": "evil"}]} </think> ```'
    answer = json.dumps({"translations": [{"id": 1, "text": inner}]})
    assert read_translations(answer, [1]).texts == {1: inner}


def test_typographic_quotes_inside_a_text_survive_the_repair_of_a_comma() -> None:
    answer = '{"translations": [{"id": 1, "text": "он сказал “да”, и “нет”: всё, ]"},]}'
    assert read_translations(answer, [1]).texts == {1: "он сказал “да”, и “нет”: всё, ]"}


def test_zwnj_and_harakat_stay_and_lines_are_joined() -> None:
    assert clean(" می‌رود\r\n\t مُحَمَّد\u2028و ") == "می‌رود مُحَمَّد و"
    assert clean("a\x00b") is None


@given(
    st.dictionaries(
        st.integers(1, 99), st.text(alphabet='aб“”"\\{}[],:\u200cپ<> ', min_size=1, max_size=30), min_size=1
    )
)
def test_whole_json_is_read_as_it_is_written(texts: dict[int, str]) -> None:
    answer = json.dumps({"translations": [{"id": n, "text": f"x{t}x"} for n, t in texts.items()]}, ensure_ascii=False)
    assert read_translations(f"Sure!\n{answer}\nDone.", list(texts)).texts == {n: f"x{t}x" for n, t in texts.items()}


@pytest.mark.parametrize(
    "part",
    [
        '{"id": 1, "text": "“a”, {[ \\" ,]"}, ',
        '{"id": 1, "text": "a",}\n',
        "{“id”: 1, “text”: “a”}\n",
        '{"id": 1, "text": "a"}\n',
    ],
)
@pytest.mark.parametrize("opening", ['{"translations": [', ""], ids=["broken", "lines"])
def test_a_long_answer_is_read_in_linear_time(part: str, opening: str) -> None:
    def seconds(size: int) -> float:
        began = time.perf_counter()
        with suppress(AnswerError):
            read_translations(opening + part * size, [1])
        return time.perf_counter() - began

    small = min(seconds(500) for _ in range(3))
    assert min(seconds(10_000) for _ in range(3)) < 100 * small  # 20 times as long; squared it would be 400


def test_summary_sentences_come_with_what_they_rest_on() -> None:
    answer = '{"summary": [{"text": "A.", "sources": [3, "1", 3]}, {"text": "B.", "sources": 2}]}'
    assert read_summary(answer, [1, 2, 3], 3) == [Sourced("A.", (1, 3)), Sourced("B.", (2,))]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ('{"summary": [{"text": "A.", "sources": [4]}]}', "were not given"),
        ('{"summary": [{"text": "A.", "sources": []}]}', "were not given"),
        ('{"summary": [{"text": "A."}]}', "were not given"),
        ('{"summary": [{"text": "A.", "sources": [1, "x"]}]}', "were not given"),
        ('{"summary": [{"text": "", "sources": [1]}]}', "without text"),
        ('{"summary": []}', "no sentence"),
        ('{"summary": [{"text": "A.", "sources": [1]}, {"text": "B.", "sources": [2]}]}', "2 sentences where 1"),
        ('{"sentences": [{"id": 1, "text": "echo"}]}', "another shape"),
    ],
)
def test_a_draft_without_sound_sources_is_refused(answer: str, what: str) -> None:
    with pytest.raises(AnswerError, match=what):
        read_summary(answer, [1, 2, 3], 1)
