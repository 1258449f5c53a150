"""What the client learns from a server's refusals, once for its life."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.chat.dialect import ANSWER_ROOM, Dialect
from pipelines.chat.failures import DivisibleError
from pipelines.errors import BackendError
from tests.chat_server import OBJECT, STRICT, ChatServer, Status
from tests.unit.chat.conftest import ANSWER, PROMPT

if TYPE_CHECKING:
    from tests.unit.chat.conftest import Connect

Body = dict[str, Any]


def formats(chat: ChatServer) -> list[str]:
    return [asked.body.get("response_format", {"type": "none"})["type"] for asked in chat.asked]


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ((STRICT, OBJECT), [STRICT]),
        ((OBJECT,), [STRICT, OBJECT]),
        ((), [STRICT, OBJECT, "none"]),
    ],
    ids=["strict", "object", "none"],
)
def test_the_strictest_form_that_the_server_takes_is_found_and_kept(
    connect: Connect, known: tuple[str, ...], first: list[str]
) -> None:
    with ChatServer(lambda _: ANSWER, formats=known) as chat:
        client = connect(chat)
        assert [client.ask(PROMPT) for _ in range(3)] == [ANSWER] * 3
        assert formats(chat) == [*first, first[-1], first[-1]]


@pytest.mark.parametrize(("schema", "sent"), [("strict", [STRICT]), ("object", [OBJECT]), ("none", ["none"])])
def test_a_form_that_the_operator_chose_is_sent_as_it_is(connect: Connect, schema: str, sent: list[str]) -> None:
    with ChatServer(lambda _: ANSWER, formats=(STRICT, OBJECT)) as chat:
        connect(chat, schema=schema).ask(PROMPT)
        assert formats(chat) == sent


def test_a_form_that_the_operator_chose_is_not_weakened(connect: Connect) -> None:
    with ChatServer(lambda _: ANSWER, formats=()) as chat:
        with pytest.raises(BackendError, match=r"refused the request \(400\)"):
            connect(chat, schema="strict").ask(PROMPT)
        assert formats(chat) == [STRICT]


@pytest.mark.parametrize(
    ("field", "message", "instead"),
    [
        ("temperature", "Unsupported value: 'temperature' does not support 0 with this model.", {}),
        (
            "max_tokens",
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            {"max_completion_tokens": ANSWER_ROOM * 1500},
        ),
        ("max_tokens", "max_tokens: extra fields not permitted", {}),
        ("max_tokens", "This model's maximum context length is 4096 tokens. However, you requested 6200 tokens", {}),
        ("stream_options", "Unrecognized request argument supplied: stream_options", {}),
    ],
    ids=["temperature", "completion", "limit", "context", "usage"],
)
def test_a_field_that_the_server_refuses_is_said_otherwise_and_stays_so(
    connect: Connect, field: str, message: str, instead: Body
) -> None:
    with ChatServer(lambda _: ANSWER, refuses={field: message}) as chat:
        client = connect(chat, stream=True)
        assert [client.ask(PROMPT), client.ask(PROMPT)] == [ANSWER] * 2
        first, second, third = (dict(asked.body) for asked in chat.asked)
        del first[field]
        assert second == third == first | instead


def test_several_refusals_are_met_one_after_another(connect: Connect) -> None:
    refuses = {"temperature": "temperature?", "max_tokens": "max_tokens?", "stream_options": "stream_options?"}
    with ChatServer(lambda _: ANSWER, refuses=refuses, formats=()) as chat:
        client = connect(chat, stream=True)
        assert client.ask(PROMPT) == ANSWER
        assert len(chat.asked) == 6
        assert chat.asked[-1].body.keys() == {"model", "messages", "stream"}


def test_calls_at_once_learn_together(connect: Connect) -> None:
    with ChatServer(lambda _: ANSWER, formats=(), refuses={"temperature": "temperature?"}, parallel=4) as chat:
        client = connect(chat, concurrency=4)
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda _: client.ask(PROMPT), range(4))) == [ANSWER] * 4
        assert client._dialect == Dialect(format="none", temperature=False)


def test_a_text_beyond_the_context_may_go_through_in_parts(connect: Connect) -> None:
    too_long = Status(400, "This model's maximum context length is 512 tokens", "context_length_exceeded")
    with ChatServer(lambda _: ANSWER) as chat:
        chat.fault(too_long, too_long)
        with pytest.raises(DivisibleError, match="does not fit"):
            connect(chat).ask(PROMPT)
        assert "max_tokens" not in chat.asked[1].body


def test_a_refusal_of_something_else_changes_nothing(connect: Connect) -> None:
    with ChatServer(lambda _: ANSWER) as chat:
        client = connect(chat)
        chat.fault(Status(400, "the model is being loaded"))
        with pytest.raises(BackendError):
            client.ask(PROMPT)
        client.ask(PROMPT)
        assert formats(chat) == [STRICT, STRICT]
