"""Waits and tokens, as numbers."""

from __future__ import annotations

import threading

import pytest

from pipelines.chat import ChatOptions
from pipelines.chat.backoff import FIRST_BOUND, LAST_BOUND, delay, retry_after
from pipelines.chat.budget import TokenBudget, estimate
from pipelines.errors import BackendError


def test_the_bound_doubles_and_the_draw_is_taken_from_all_of_it() -> None:
    assert [delay(n, 1.0, None) for n in range(4)] == [FIRST_BOUND * 2**n for n in range(4)]
    assert delay(3, 0.25, None) == FIRST_BOUND * 2
    assert delay(3, 0.0, None) == 0
    assert delay(10_000, 1.0, None) == LAST_BOUND


def test_a_server_is_never_asked_before_it_wants_to() -> None:
    assert delay(0, 0.0, 7.5) == 7.5
    assert delay(6, 1.0, 0.1) == LAST_BOUND


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:27:00 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_other_scripts_are_reckoned_heavier_than_latin() -> None:
    assert estimate("") == 0
    assert estimate("abcdef") == 2
    assert estimate("абвгде") == estimate("پښتوژب") == 3
    assert estimate("abcабв") == 3


def test_calls_under_way_count_against_the_budget() -> None:
    budget = TokenBudget(100)
    budget.hold(60)
    with pytest.raises(BackendError, match="budget"):
        budget.hold(41)
    budget.settle(60, 10)
    budget.hold(90)
    assert budget.spent == 10


def test_many_threads_hold_no_more_than_there_is() -> None:
    budget = TokenBudget(50)
    held: list[int] = []

    def hold() -> None:
        for _ in range(20):
            try:
                budget.hold(1)
            except BackendError:
                return
            held.append(1)

    threads = [threading.Thread(target=hold) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == 50


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"url": "localhost:8000/v1"}, "https://host/v1"),
        ({"url": "ftp://host/v1"}, "https://host/v1"),
        ({"url": "http://host:99999/v1"}, "Port out of range"),
        ({"url": "https://user:pass@host/v1"}, "no user or password"),
        ({"model": " "}, "model"),
        ({"key": "sk-\nx"}, "key"),
        ({"key": "ключ"}, "key"),
        ({"timeout": 0}, "above zero"),
        ({"deadline": -1}, "above zero"),
        ({"concurrency": 0}, "above zero"),
        ({"retries": -1}, "above zero"),
        ({"token_budget": 0}, "at least one"),
    ],
)
def test_options_that_cannot_be_meant_are_refused_without_telling_the_key(
    options: dict[str, object], says: str
) -> None:
    given: dict[str, object] = {"url": "http://host/v1", "model": "m", "key": "sk-1", **options}
    with pytest.raises(ValueError, match=says) as caught:
        ChatOptions(**given)  # type: ignore[arg-type]
    assert str(given["key"]) not in str(caught.value)


def test_options_print_without_their_key() -> None:
    options = ChatOptions(url="https://api.example.org:8443/v1", model="m", key="sk-1")
    assert "sk-1" not in repr(options)
    assert (options.host, options.local, options.whole) == ("api.example.org:8443", False, 120)
    assert all(ChatOptions(url=f"http://{h}:1/v1", model="m").local for h in ("localhost", "127.0.0.1", "[::1]"))
