"""Neither the key nor the article's text is in an error, in what an error drags along, or in a log."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import BackendError
from tests.chat_server import ChatServer, Fault, Finish, Raw, Status
from tests.unit.chat.conftest import ANSWER, KEY, PHRASE, PROMPT
from tests.unit.chat.faults import PASSING

if TYPE_CHECKING:
    from tests.unit.chat.conftest import Connect

FAULTS: list[Fault] = [
    *PASSING,
    Status(400, f"{PHRASE} {KEY}"),
    Status(401, f"Incorrect API key provided: {KEY}"),
    Status(404, PHRASE),
    Status(500, f"{PHRASE} {KEY}"),
    Status(400, f"maximum context length exceeded by {PHRASE}"),
    Finish(reason="length", content=PHRASE),
    Finish(refusal=PHRASE),
    Raw(f"<p>{PHRASE}</p>", "text/html"),
    Raw(f'{{"x": "{PHRASE} {KEY}'),
    Raw(f'data: {{"error": "{PHRASE}"}}\n\n', "text/event-stream"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: ascii(fault)[:60])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_failure_tells_neither_key_nor_text(
    connect: Connect, caplog: pytest.LogCaptureFixture, stream: bool, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    with ChatServer(lambda _: ANSWER) as chat:
        chat.fault(*[fault] * 4)
        with pytest.raises(BackendError) as caught:
            connect(chat, retries=1, stream=stream).ask(PROMPT)
    error = caught.value
    assert error.__context__ is None
    assert error.__cause__ is None
    told = str(error) + "".join(traceback.format_exception(error)) + caplog.text
    assert PHRASE not in told
    assert KEY not in told
    assert "\n" not in str(error)


def test_what_is_learnt_from_a_refusal_is_logged_without_its_words(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with ChatServer(lambda _: ANSWER, refuses={"temperature": f"temperature: {PHRASE} {KEY}"}) as chat:
        assert connect(chat).ask(PROMPT) == ANSWER
    assert "temperature=False" in caplog.text
    assert {record.name.partition(".")[0] for record in caplog.records} == {"pipelines"}, "HTTP libraries are silent"
    assert PHRASE not in caplog.text
    assert KEY not in caplog.text
