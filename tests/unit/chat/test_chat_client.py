"""The client against a server that fails in every way servers do."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.chat.client import ChatClient, ChatOptions, Prompt
from pipelines.chat.failures import DivisibleError
from pipelines.errors import BackendError
from pipelines.translate.chat import SCHEMA
from tests.chat_server import BrokenOff, ChatServer, Finish, Raw, Stall, Status, translating
from tests.conftest import ROOT
from tests.unit.chat.conftest import ANSWER, KEY, MODEL, PROMPT
from tests.unit.chat.faults import PASSING

if TYPE_CHECKING:
    from tests.unit.chat.conftest import Connect, Time

STREAM = pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])


def server(**settings: Any) -> ChatServer:
    return ChatServer(lambda _: ANSWER, **settings)


@STREAM
def test_the_answer_comes_whole_and_its_tokens_are_counted(connect: Connect, stream: bool) -> None:
    with server(key=KEY, tokens=123) as chat:
        client = connect(chat, stream=stream)
        assert client.ask(PROMPT) == ANSWER
        assert client.tokens_spent == 123
        assert client.models() == (MODEL,)
        assert chat.asked[0].body.get("stream", False) is stream


@STREAM
def test_tokens_are_estimated_where_the_server_tells_none(connect: Connect, stream: bool) -> None:
    with server(usage=False) as chat:
        client = connect(chat, stream=stream)
        client.ask(PROMPT)
        assert PROMPT.tokens < client.tokens_spent < PROMPT.tokens + 30


def test_a_server_that_does_not_stream_is_read_all_the_same(connect: Connect) -> None:
    with server() as chat:
        chat.fault(Raw('{"choices": [{"message": {"content": "plain"}}]}'))
        assert connect(chat, stream=True).ask(PROMPT) == "plain"


def test_parts_of_a_message_are_joined_without_the_thinking(connect: Connect) -> None:
    parts = '[{"type": "thinking", "text": "hm"}, {"type": "text", "text": "a"}, {"type": "text", "text": "b"}]'
    with server() as chat:
        chat.fault(Raw(f'{{"choices": [{{"message": {{"content": {parts}}}, "finish_reason": "stop"}}]}}'))
        assert connect(chat).ask(PROMPT) == "ab"


def test_local_servers_without_a_key_are_sent_a_placeholder(connect: Connect) -> None:
    with server() as chat:
        connect(chat, key="").ask(PROMPT)
        assert chat.asked[0].headers["authorization"] == "Bearer not-needed"


def test_nothing_of_the_environment_is_sent(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-the-environment")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-the-environment")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer of-the-environment")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with server(key=KEY) as chat:
        assert connect(chat).ask(PROMPT) == ANSWER
        assert "of-the-environment" not in str(chat.asked[0].headers)


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: str(fault)[:60])
@STREAM
def test_what_may_pass_is_tried_again(connect: Connect, time: Time, stream: bool, fault: Any) -> None:
    with server() as chat:
        chat.fault(fault)
        assert connect(chat, stream=stream).ask(PROMPT) == ANSWER
        assert (len(chat.asked), time.slept) == (2, [0.5])


@pytest.mark.parametrize(
    "fault",
    [
        BrokenOff(),
        BrokenOff(clean=True),
        Raw("data: {oops\n\n", "text/event-stream"),
        Raw('data: {"error": {"message": "overloaded"}}\n\n', "text/event-stream"),
        Raw("data: [DONE]\n\n", "text/event-stream"),
    ],
    ids=lambda fault: str(fault)[:60],
)
def test_a_stream_that_ends_early_is_never_taken_for_an_answer(connect: Connect, fault: Any) -> None:
    with server() as chat:
        chat.fault(fault)
        assert connect(chat, stream=True).ask(PROMPT) == ANSWER
        assert len(chat.asked) == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Status(400, "bad"), "refused the request (400)"),
        (Status(401), "does not accept the key (401)"),
        (Status(403), "does not allow"),
        (Status(404), f"knows no model '{MODEL}'"),
        (Status(413), "refused the request (413)"),
        (Status(422, "bad"), "refused the request (422)"),
        (Status(307, headers={"Location": "http://127.0.0.1:9/v1"}), "redirects elsewhere (307)"),
        (Status(429, code="insufficient_quota"), "no credit left"),
        (Raw("<html>Welcome</html>", "text/html"), "not as a chat server"),
        (Finish(reason="content_filter"), "refused this text"),
        (Finish(refusal="I can't help with that."), "refused this text"),
    ],
    ids=lambda part: str(part)[:50],
)
@STREAM
def test_what_will_not_pass_is_said_once(connect: Connect, time: Time, stream: bool, fault: Any, says: str) -> None:
    with server() as chat:
        chat.fault(fault)
        with pytest.raises(BackendError) as caught:
            connect(chat, stream=stream).ask(PROMPT)
        assert says in str(caught.value)
        assert not caught.value.retryable
        assert (len(chat.asked), time.slept) == (1, [])


@STREAM
def test_a_cut_answer_is_never_used(connect: Connect, stream: bool) -> None:
    with server() as chat:
        chat.fault(Finish(reason="length", content=ANSWER))
        with pytest.raises(DivisibleError, match="cut off") as caught:
            connect(chat, stream=stream).ask(PROMPT)
        assert caught.value.retryable
        assert len(chat.asked) == 1


def test_retries_are_counted_and_wait_longer_each_time(connect: Connect, time: Time) -> None:
    with server() as chat:
        chat.fault(*[Status(503)] * 9)
        with pytest.raises(BackendError, match=r"failed \(503\)") as caught:
            connect(chat, retries=4).ask(PROMPT)
        assert caught.value.retryable
        assert (len(chat.asked), time.slept) == (5, [0.5, 1.0, 2.0, 4.0])


def test_the_server_says_how_long_to_wait(connect: Connect, time: Time) -> None:
    with server() as chat:
        chat.fault(Status(429, headers={"Retry-After": "7"}), Status(429, headers={"retry-after-ms": "2500"}))
        connect(chat).ask(PROMPT)
        assert time.slept == [7.0, 2.5]


def test_a_wait_beyond_the_deadline_is_not_begun(connect: Connect, time: Time) -> None:
    with server() as chat:
        chat.fault(Status(429, headers={"Retry-After": "41"}))
        with pytest.raises(BackendError, match="asked too much") as caught:
            connect(chat, timeout=20).ask(PROMPT)
        assert caught.value.retryable
        assert (len(chat.asked), time.slept) == (1, [])


def test_a_server_that_does_not_answer_is_left(connect: Connect) -> None:
    with server() as chat:
        chat.fault(Stall(), Stall())
        client = connect(chat, timeout=0.2, deadline=100, retries=1)
        with pytest.raises(BackendError, match=r"did not answer within 0\.2 seconds") as caught:
            client.ask(PROMPT)
        assert caught.value.retryable
        assert len(chat.asked) == 2
        # the server may have worked for nothing: that is paid for
        assert client.tokens_spent == 2 * PROMPT.tokens


@STREAM
def test_an_answer_in_drops_ends_with_the_attempts_time(connect: Connect, time: Time, stream: bool) -> None:
    time.step = 3.0  # so long does each chunk take: none of them as long as the attempt may
    with server() as chat:
        client = connect(chat, stream=stream, retries=0, timeout=5.0, deadline=1000.0)
        chat.fault(Raw(" " * 300_000 + "{}", "text/event-stream" if stream else "application/json"))
        with pytest.raises(BackendError, match="did not answer within"):
            client.ask(PROMPT)


def test_an_answer_without_end_is_cut(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.chat.wire.MAX_BYTES", 20_000)
    with server() as chat:
        chat.fault(Raw('{"a": "' + "x" * 30_000 + '"}'))
        with pytest.raises(BackendError, match="broke off"):
            connect(chat, retries=0).ask(PROMPT)


def test_no_server_is_said_in_one_sentence(time: Time, connect: Connect) -> None:
    with server() as chat:
        client = connect(chat, retries=2)
    with pytest.raises(BackendError, match="could not be reached") as caught:
        client.ask(PROMPT)
    assert caught.value.retryable
    assert time.slept == [0.5, 1.0]


@pytest.mark.parametrize("url", ["http://-a_.\u2028/v1", "http://ex..ample/v1", "http://" + "a" * 99 + "/v1"])
def test_an_address_that_cannot_be_asked_is_said_in_one_sentence(url: str) -> None:
    client = ChatClient(ChatOptions(url=url, model="m", retries=0))
    with pytest.raises(BackendError, match="check its spelling") as caught:
        client.ask(PROMPT)
    client.close()
    assert not caught.value.retryable


def test_the_budget_is_asked_before_each_call(connect: Connect) -> None:
    budget = 150 + PROMPT.tokens  # the first call leaves just enough to begin a second
    with server(tokens=150) as chat:
        client = connect(chat, token_budget=budget)
        client.ask(PROMPT)
        client.ask(PROMPT)
        with pytest.raises(BackendError, match=f"budget.*300 of {budget}") as caught:
            client.ask(PROMPT)
        assert not caught.value.retryable
        assert len(chat.asked) == 2


def test_no_more_calls_run_at_once_than_allowed(connect: Connect) -> None:
    with server(parallel=3) as chat:
        client = connect(chat, concurrency=3)
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(lambda _: client.ask(PROMPT), range(12)))
        assert answers == [ANSWER] * 12
        assert (chat.most_parallel, len(chat.asked)) == (3, 12)
        assert client.tokens_spent == 1200


def test_a_call_that_finds_no_slot_in_time_says_so(connect: Connect) -> None:
    with server() as chat:
        client = connect(chat, concurrency=1, deadline=0.05)
        client._slots.acquire()
        with pytest.raises(BackendError, match="busy for too long") as caught:
            client.ask(PROMPT)
        assert caught.value.retryable
        assert chat.asked == []
        client._slots.release()


def test_a_closed_client_opens_again_and_never_closes_under_a_call(connect: Connect) -> None:
    with server() as chat:
        chat.fault(Stall())
        client = connect(chat)
        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(client.ask, PROMPT)
            chat.wait_until_asked(1)
            client.close()
            chat.release()
            assert under_way.result() == ANSWER
        assert client._client is None
        assert client.ask(PROMPT) == ANSWER


def test_the_library_loads_with_the_first_call_only() -> None:
    code = (
        "import sys; from pipelines.chat import ChatClient, ChatOptions; from pipelines.translate.chat import ChatTranslator;"
        "from pipelines.summarise.chat import ChatSummariser; client = ChatClient(ChatOptions(url='http://h/v1', model='m'));"
        "ChatTranslator(client).close(); ChatSummariser(client); print([m for m in ('openai', 'httpx2') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == "[]"


def test_translating_answers_fit_the_strict_schema(connect: Connect) -> None:
    prompt = Prompt(
        system="JSON", user='{"from": "a", "to": "b", "sentences": [{"id": 1, "text": "x"}]}', name="t", schema=SCHEMA
    )
    with ChatServer(translating(lambda text, source, target: f"{source}{target}{text}")) as chat:
        assert connect(chat).ask(prompt) == '{"translations": [{"id": 1, "text": "abx"}]}'
        assert chat.asked[0].body["response_format"]["json_schema"]["strict"] is True
