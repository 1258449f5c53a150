"""What binds a model to what was seen first, who gets the token, which licences are asked for, and mirrors and proxies."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest

from pipelines.errors import HubError, HubRefusedError, LicenceError, ModelDamagedError
from pipelines.store.network import Network
from tests.unit.store.conftest import FILES, REPO, OpenStore, catalogue_model
from tests.unit.store.hub_server import COMMIT, Hub, Repository, status

if TYPE_CHECKING:
    from pipelines.store.catalogue import CatalogueModel

NEWER = "ab" * 20


def damage(open_store: OpenStore) -> None:
    (open_store().root / "tiny" / "model.bin").write_bytes(b"cut")


def test_a_damaged_model_is_made_whole_at_the_commit_that_was_seen_first(open_store: OpenStore, hub: Hub) -> None:
    open_store().pull("tiny")
    damage(open_store)
    hub.seen.clear()
    assert open_store().pull("tiny").revision == COMMIT
    assert hub.seen[0].path.startswith(f"/api/models/{REPO}/revision/{COMMIT}")
    assert open_store().verify("tiny") == []


def test_the_same_commit_with_other_content_is_refused(open_store: OpenStore, hub: Hub) -> None:
    open_store().pull("tiny")
    damage(open_store)
    hub.repositories[REPO].files["model.bin"] = b"something else"
    with pytest.raises(ModelDamagedError, match="pinned"):
        open_store().pull("tiny")


def test_content_that_changed_outside_of_lfs_is_refused_too(open_store: OpenStore, hub: Hub) -> None:
    open_store().pull("tiny")
    damage(open_store)
    hub.repositories[REPO].files["config.json"] = b'{"layers": 9}'
    with pytest.raises(ModelDamagedError, match=r"config\.json.*sha256"):
        open_store().pull("tiny")


def test_another_commit_than_the_pinned_one_is_refused(open_store: OpenStore, hub: Hub) -> None:
    with pytest.raises(ModelDamagedError, match="answers with commit"):
        open_store(None, catalogue_model(revision=NEWER)).pull("tiny")
    hub.repositories[REPO].sha = NEWER
    assert open_store(None, catalogue_model(revision=NEWER)).pull("tiny").revision == NEWER


def test_a_pinned_hash_binds_whatever_the_server_announces(open_store: OpenStore, hub: Hub) -> None:
    source = catalogue_model().ready
    assert source is not None
    right = hashlib.sha256(FILES["model.bin"]).hexdigest()
    pinned = catalogue_model(ready=replace(source, sha256={"model.bin": right}))
    hub.repositories[REPO] = Repository(files={**FILES, "model.bin": b"forged"})
    with pytest.raises(ModelDamagedError, match="pinned"):
        open_store(None, pinned).pull("tiny")
    hub.repositories[REPO] = Repository(files=dict(FILES))
    open_store(None, pinned).pull("tiny")


def test_the_token_goes_to_the_hub_and_not_to_where_it_redirects(
    open_store: OpenStore, hub: Hub, network: Network
) -> None:
    secret = replace(network, token="hf_secret")  # noqa: S106
    open_store(secret).pull("tiny")
    by_host = {seen.host: seen.headers.get("authorization") for seen in hub.seen}
    assert by_host == {"127.0.0.1": "Bearer hf_secret", "localhost": None}
    assert "hf_secret" not in repr(secret)


def test_no_error_shows_the_token_or_a_signed_address(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", *[status(403)] * 2, *[status(500)] * 9)
    for _ in range(3):
        with pytest.raises(HubError) as raised:
            open_store(replace(network, token="hf_secret")).pull("tiny")  # noqa: S106
        assert "hf_secret" not in str(raised.value)
        assert "Signature" not in str(raised.value)


def test_a_redirect_from_https_to_http_is_not_followed(open_store: OpenStore) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.scheme == "https"
        return httpx.Response(302, headers={"Location": "http://plain.example/x"})

    network = Network(endpoint="https://hub.example", transport=httpx.MockTransport(answer))
    with pytest.raises(HubRefusedError, match="not safe"):
        open_store(network).pull("tiny")


def test_redirects_without_an_end_are_given_up(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("revision/main", *[status(302, Location=f"{hub.url}/api/models/{REPO}/revision/main?blobs=true")] * 99)
    with pytest.raises(HubError, match="redirects"):
        open_store(replace(network, retries=0)).pull("tiny")
    assert len(hub.seen) == 6


def test_a_mirror_serves_the_same_model(open_store: OpenStore, hub: Hub, network: Network) -> None:
    with Hub(repositories={REPO: Repository(files=dict(FILES))}) as mirror:
        open_store(replace(network, endpoint=mirror.url + "/")).pull("tiny")
        assert mirror.seen
        assert not hub.seen


def test_the_proxy_of_the_settings_is_used(open_store: OpenStore, hub: Hub, network: Network) -> None:
    asked = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer = httpx.get(self.path, trust_env=False, headers={"Host": self.headers["Host"]})
            self.send_response(answer.status_code)
            for name in ("content-length", "location", "etag"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        open_store(replace(network, proxy=f"http://127.0.0.1:{server.server_address[1]}")).pull("tiny")
        server.shutdown()
    assert asked[0].startswith(hub.url)
    assert len(asked) == len(hub.seen)


def test_a_proxy_that_makes_no_sense_is_named(open_store: OpenStore, network: Network) -> None:
    with pytest.raises(HubError, match="KHABAR_MODELS_PROXY"):
        open_store(replace(network, proxy="ftp://proxy")).pull("tiny")


def test_a_licence_against_business_use_is_asked_for_once(open_store: OpenStore, hub: Hub) -> None:
    model = catalogue_model(licence="CC-BY-NC-4.0", commercial=False)
    with pytest.raises(LicenceError, match="--accept-licence"):
        open_store(None, model).pull("tiny")
    assert not hub.seen, "nothing is fetched before the licence is accepted"
    asked: list[CatalogueModel] = []

    def agree(which: CatalogueModel) -> bool:
        asked.append(which)
        return True

    open_store(None, model).pull("tiny", accept_licence=agree)
    open_store(None, model).remove("tiny")
    open_store(None, model).pull("tiny")
    assert asked == [model]
    remembered = json.loads((open_store().root / "licences.json").read_text())
    assert remembered == {"accepted": [{"model": "tiny", "licence": "CC-BY-NC-4.0"}]}
    open_store().remove("tiny")
    with pytest.raises(LicenceError):
        open_store(None, replace(model, licence="CC-BY-NC-ND-4.0")).pull("tiny")


def test_a_spoilt_list_of_licences_means_asking_again(open_store: OpenStore) -> None:
    model = catalogue_model(licence="CC-BY-NC-4.0", commercial=False)
    store = open_store(None, model)
    store.root.mkdir(parents=True)
    (store.root / "licences.json").write_text("{")
    with pytest.raises(LicenceError):
        store.pull("tiny")
    store.pull("tiny", accept_licence=lambda _: True)


def test_a_packed_answer_is_not_taken_for_the_file(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("config.json", status(200, Content_Encoding="gzip"))
    assert open_store(replace(network, retries=1)).pull("tiny").files["config.json"].bytes == len(FILES["config.json"])
    assert len(hub.requests("config.json")) == 2
