"""``ChatTranslator`` keeps ``Translator``'s promises whatever the model answers."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.chat import ChatClient, ChatOptions
from pipelines.errors import BackendError
from pipelines.languages import READER, Language
from pipelines.models import NameLock
from pipelines.translate.base import TranslationRequest, Translator
from pipelines.translate.chat import MAX_SENTENCES, ChatTranslator
from tests.chat_server import ChatServer, Finish, Messages, Status, translating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.unit.chat.conftest import Connect

EN, RU, PRS, PS, FA = Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO, Language.PERSIAN


def request(text: str, target: Language = PRS, source: Language = EN, **more: Any) -> TranslationRequest:
    return TranslationRequest(text=text, source=source, target=target, **more)


def lock(text: str, *forms: str) -> NameLock:
    return NameLock(key=f"x-{text}", kind="person", start=0, stop=len(text), text=text, forms=forms)


def said(outcomes: Sequence[str | BackendError]) -> list[str]:
    return [outcome if isinstance(outcome, str) else f"! {outcome}" for outcome in outcomes]


marked = translating(lambda text, source, target: f"{source}>{target}: {text}")


def test_mixed_pairs_come_back_in_order_one_call_a_pair(connect: Connect) -> None:
    requests = [
        request("one", PRS), request("two", RU), request("three", PRS), request("четыре", PS, RU), request("five", RU),
    ]  # fmt: skip
    with ChatServer(marked) as chat:
        translator: Translator = ChatTranslator(connect(chat))
        assert translator.translate(requests) == [
            "English>Dari: one", "English>Russian: two", "English>Dari: three", "Russian>Pashto: четыре",
            "English>Russian: five",
        ]  # fmt: skip
        assert len(chat.asked) == 3
        assert translator.translate([]) == []
        assert len(chat.asked) == 3
        translator.close()
        assert translator.translate([request("again")]) == ["English>Dari: again"]


def test_every_pair_of_different_languages_is_supported_and_no_other() -> None:
    translator = ChatTranslator(ChatClient(ChatOptions(url="http://host/v1", model="m")))
    assert all(translator.supports(a, b) for a in READER for b in READER if a != b)
    assert not any(translator.supports(a, a) for a in Language)
    assert not translator.supports(Language.UNKNOWN, PRS)
    outcomes = translator.translate([request("x", EN), request("y", Language.UNKNOWN)])
    assert said(outcomes) == [
        "! The chat back-end does not translate English into English.",
        "! The chat back-end does not translate English into unknown.",
    ]


@pytest.mark.parametrize(
    ("target", "speaks_of"),
    [
        (PRS, ["Dari of Afghanistan", "صدراعظم", "پوهنتون", "شفاخانه"]),
        (PS, ["Pashto", "ولسمشر"]),
        (RU, ["Russian", "Inflect names", "«…»"]),
        (FA, ["Persian of Iran"]),
        (EN, ["into English"]),
    ],
)
def test_the_task_names_the_target_and_its_usage(connect: Connect, target: Language, speaks_of: list[str]) -> None:
    source = RU if target is EN else EN
    with ChatServer(marked) as chat:
        ChatTranslator(connect(chat)).translate([request("x", target, source)])
        assert not [word for word in speaks_of if word not in chat.asked[0].system]
        assert "$" not in chat.asked[0].system


def test_names_and_context_travel_as_data(connect: Connect) -> None:
    names = (lock("Zamir Kabulov", "ضمیر کابلوف", "کابلوف"), lock("Acme"))
    with ChatServer(marked) as chat:
        ChatTranslator(connect(chat)).translate(
            [request("Zamir Kabulov met Acme.", names=names, context="The lead."), request("b", context="The lead.")]
        )
        assert chat.asked[0].data == {
            "from": "English",
            "to": "Dari",
            "context": "The lead.",
            "glossary": [{"source": "Zamir Kabulov", "target": "ضمیر کابلوف"}],
            "sentences": [{"id": 1, "text": "Zamir Kabulov met Acme."}, {"id": 2, "text": "b"}],
        }
        assert "ضمیر" in chat.asked[0].raw, "scripts go as they are, not as \\u escapes that cost four times the tokens"


def test_contexts_that_differ_stand_beside_their_sentences(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        ChatTranslator(connect(chat)).translate([request("a", context="A"), request("b", context="B"), request("c")])
        assert chat.asked[0].data["sentences"] == [
            {"id": 1, "text": "a", "context": "A"}, {"id": 2, "text": "b", "context": "B"}, {"id": 3, "text": "c"},
        ]  # fmt: skip


def test_two_people_of_one_name_do_not_share_a_call(connect: Connect) -> None:
    first, second = (request("Karimi spoke.", names=(lock("Karimi", form),)) for form in ("کریمی", "کرمی"))
    with ChatServer(marked) as chat:
        ChatTranslator(connect(chat, concurrency=1)).translate([first, second, first])
        assert [len(asked.data["glossary"]) for asked in chat.asked] == [1, 1, 1]
        assert [asked.data["glossary"][0]["target"] for asked in chat.asked] == ["کریمی", "کرمی", "کریمی"]


def test_calls_hold_no_more_than_they_may_and_run_side_by_side(connect: Connect) -> None:
    requests = [request("x" * 30) for _ in range(12)]  # ten tokens each
    with ChatServer(marked, parallel=3) as chat:
        outcomes = ChatTranslator(connect(chat, max_tokens_per_call=40, concurrency=3)).translate(requests)
        assert outcomes == ["English>Dari: " + "x" * 30] * 12
        assert [len(asked.data["sentences"]) for asked in chat.asked] == [4, 4, 4]
        assert chat.most_parallel == 3


def test_a_sentence_larger_than_a_call_goes_alone_and_many_small_ones_are_split(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        translator = ChatTranslator(connect(chat, max_tokens_per_call=50, concurrency=1))
        translator.translate([request("a"), request("x" * 900), request("b")])
        assert [len(asked.data["sentences"]) for asked in chat.asked] == [1, 1, 1]
        translator.translate([request("a") for _ in range(MAX_SENTENCES + 1)])
        assert [len(asked.data["sentences"]) for asked in chat.asked[3:]] == [MAX_SENTENCES, 1]


def test_careful_requests_go_alone_and_are_told_why(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        ChatTranslator(connect(chat, concurrency=1)).translate(
            [request("a"), request("b", careful=True), request("c", careful=True), request("d")]
        )
        texts = [[sentence["text"] for sentence in asked.data["sentences"]] for asked in chat.asked]
        assert texts == [["a", "d"], ["b"], ["c"]]
        assert ["failed a check" in asked.system for asked in chat.asked] == [False, True, True]


def forgetting(*forgotten: str) -> Any:
    """A model that leaves sentences out."""

    def answer(messages: Messages) -> str:
        sentences = json.loads(messages[-1]["content"])["sentences"]
        kept = [{"id": s["id"], "text": f"<{s['text']}>"} for s in sentences if s["text"] not in forgotten]
        return json.dumps({"translations": kept})

    return answer


def test_a_sentence_that_is_left_out_is_asked_for_alone_and_then_fails_alone(connect: Connect) -> None:
    with ChatServer(forgetting("b")) as chat:
        outcomes = ChatTranslator(connect(chat)).translate([request("a"), request("b"), request("c")])
        assert said(outcomes) == [
            "<a>", "! The chat model's translation could not be used: the answer lacks this sentence.", "<c>",
        ]  # fmt: skip
        assert [[s["text"] for s in asked.data["sentences"]] for asked in chat.asked] == [["a", "b", "c"], ["b"]]
        assert "failed a check" in chat.asked[1].system
        failure = outcomes[1]
        assert isinstance(failure, BackendError)
        assert failure.retryable


def test_a_model_that_forgets_in_company_is_heard_alone(connect: Connect) -> None:
    def answer(messages: Messages) -> str:
        sentences = json.loads(messages[-1]["content"])["sentences"]
        return json.dumps({"translations": [{"id": 1, "text": f"<{sentences[0]['text']}>"}]})

    with ChatServer(answer) as chat:
        assert ChatTranslator(connect(chat)).translate([request(t) for t in "abc"]) == ["<a>", "<b>", "<c>"]
        assert len(chat.asked) == 3


def test_a_model_that_writes_prose_fails_each_sentence_with_a_reason(connect: Connect) -> None:
    with ChatServer(lambda _: "Sure! Here you go: hello", formats=()) as chat:
        outcomes = ChatTranslator(connect(chat)).translate([request("a"), request("b")])
        assert said(outcomes) == ["! The chat model's translation could not be used: the answer holds no JSON."] * 2
        assert len([asked for asked in chat.asked if "response_format" not in asked.body]) == 3


def test_a_sentence_that_the_filter_refuses_does_not_take_others_along(connect: Connect) -> None:
    refuse = Finish(reason="content_filter")
    with ChatServer(marked) as chat:
        chat.fault(refuse, refuse, refuse, Finish(), Finish())  # abcd, ab, a; then b and cd
        outcomes = ChatTranslator(connect(chat)).translate([request(text) for text in "abcd"])
        assert "refused this text" in said(outcomes)[0]
        assert said(outcomes)[1:] == ["English>Dari: b", "English>Dari: c", "English>Dari: d"]


def test_an_answer_cut_by_its_length_is_asked_for_in_halves(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        chat.fault(Finish(reason="length"))
        assert said(ChatTranslator(connect(chat)).translate([request(text) for text in "abc"])) == [
            "English>Dari: a", "English>Dari: b", "English>Dari: c",
        ]  # fmt: skip
        assert [len(asked.data["sentences"]) for asked in chat.asked] == [3, 1, 2]


def test_one_failed_call_leaves_the_others(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        chat.fault(Status(400, "bad"))
        outcomes = ChatTranslator(connect(chat, concurrency=1)).translate([request("a", PRS), request("b", RU)])
        assert "refused the request (400)" in said(outcomes)[0]
        assert outcomes[1] == "English>Russian: b"


def test_a_spent_budget_fails_what_is_left_and_only_that(connect: Connect) -> None:
    with ChatServer(marked, tokens=5000) as chat:
        client = connect(chat, token_budget=5001, concurrency=1)
        outcomes = ChatTranslator(client).translate([request("a", PRS), request("b", RU)])
        assert outcomes[0] == "English>Dari: a"
        assert "budget" in said(outcomes)[1]
        assert len(chat.asked) == 1


def test_one_translator_serves_many_threads(connect: Connect) -> None:
    with ChatServer(marked) as chat:
        translator = ChatTranslator(connect(chat, concurrency=4))

        def work(number: int) -> list[str]:
            return said(
                translator.translate([request(f"{number}-{n}", target) for n in range(5) for target in (PRS, RU)])
            )

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(work, range(8)))
        for number, result in enumerate(results):
            assert result == [f"English>{name}: {number}-{n}" for n in range(5) for name in ("Dari", "Russian")]
        assert chat.most_parallel <= 4


def test_the_revision_follows_what_changes_outputs() -> None:
    def revision(**options: Any) -> str:
        chosen = {"url": "http://host/v1", "model": "m", **options}
        return ChatTranslator(ChatClient(ChatOptions(**chosen))).revision

    plain = revision()
    changed = [
        revision(model="n"), revision(temperature=0.5), revision(url="http://other/v1"), revision(schema="none"),
        revision(max_tokens_per_call=100),
    ]  # fmt: skip
    assert len({plain, *changed}) == 6
    assert revision(key="k", timeout=5.0, retries=0, concurrency=9, stream=True, token_budget=10) == plain


def test_the_revision_follows_the_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import tables  # noqa: PLC0415 - patched here only
    from pipelines.chat import prompts  # noqa: PLC0415

    options = ChatOptions(url="http://host/v1", model="prompts")
    before = prompts.revision(options, "translate")
    prompts.revision.cache_clear()
    monkeypatch.setattr(tables, "lines", lambda _: ("Another prompt",))
    assert prompts.revision(options, "translate") != before
    prompts.revision.cache_clear()
