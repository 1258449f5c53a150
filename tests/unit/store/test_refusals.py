"""Servers that refuse, fail, drip, fall silent or are not there: how long it takes to say so, and what is said."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import HubError, HubRefusedError, ModelError
from tests.unit.store.hub_server import Fault, Hub, drip, hang_after, send, status

if TYPE_CHECKING:
    from pipelines.store.network import Network
    from tests.unit.store.conftest import OpenStore


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (status(401), 401, "KHABAR_MODELS_TOKEN"),
        (status(401, X_Error_Code="RepoNotFound"), 401, "does not have"),
        (status(403, X_Error_Code="GatedRepo"), 403, "gated: accept its terms"),
        (status(403), 403, "does not allow"),
        (status(404), 404, "does not have"),
    ],
)
def test_a_refusal_says_what_to_do(open_store: OpenStore, hub: Hub, fault: Fault, code: int, says: str) -> None:
    hub.fail("revision/main", fault)
    with pytest.raises(HubRefusedError, match=says) as raised:
        open_store().pull("tiny")
    assert raised.value.status == code
    assert len(hub.seen) == 1, "a refusal is not asked for again"


def test_a_server_that_recovers_is_waited_for(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("revision/main", status(500), status(429, Retry_After="7"))
    waits: list[float] = []
    open_store(replace(network, sleep=waits.append)).pull("tiny")
    assert waits == [0.5, 7.0]


def test_a_server_that_stays_broken_is_given_up(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("revision/main", *[status(500)] * 9)
    waits: list[float] = []
    with pytest.raises(HubError, match="HTTP 500, 6 times"):
        open_store(replace(network, sleep=waits.append)).pull("tiny")
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_a_server_that_drips_is_given_up(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", drip, drip)
    with pytest.raises(HubError, match="too slow"):
        open_store(replace(network, stall_seconds=0.15, stall_bytes=1000, retries=1)).pull("tiny")


def test_a_server_that_falls_silent_is_given_up(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("revision/main", hang_after(0))
    with pytest.raises(HubError, match="in time"):
        open_store(replace(network, read_seconds=0.1, retries=0)).pull("tiny")


def test_nobody_listening_is_said_at_once(open_store: OpenStore, network: Network) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"

        def never(seconds: float) -> None:
            raise AssertionError(f"waited {seconds} s for a server that is not there")

        with pytest.raises(HubError, match=r"KHABAR_MODELS_ENDPOINT.*khabar models import"):
            open_store(replace(network, endpoint=address, sleep=never)).pull("tiny")


def test_offline_opens_no_socket(open_store: OpenStore, hub: Hub, network: Network) -> None:
    with pytest.raises(HubError, match="KHABAR_OFFLINE"):
        open_store(replace(network, offline=True)).pull("tiny")
    assert not hub.seen


def test_an_answer_that_is_no_hubs_is_said(open_store: OpenStore, hub: Hub) -> None:
    hub.fail("revision/main", send(b"<html>Please log in to the hotel's network</html>"))
    with pytest.raises(HubError, match="not that of a model hub"):
        open_store().pull("tiny")


def test_a_folder_that_cannot_be_written_is_named(open_store: OpenStore, hub: Hub) -> None:
    store = open_store()
    store.root.write_text("a file where the folder should be")
    with pytest.raises(ModelError, match=f"cannot use {store.root}"):
        store.pull("tiny")
    assert store.all_installed() == ()
    assert not hub.seen
