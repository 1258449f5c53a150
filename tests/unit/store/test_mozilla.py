"""Mozilla's models from a server that speaks Remote Settings: which version, checked how, from where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import HubError, HubRefusedError, ModelDamagedError
from pipelines.languages import Language
from tests.unit.store.conftest import OpenStore, catalogue_model
from tests.unit.store.hub_server import Hub, cut_after, send

if TYPE_CHECKING:
    from pipelines.store.network import Network

RECORDS = "/v1/buckets/main/collections/translations-models-v2/records"
MODEL, VOCAB = b"weights " * 9000, b"pieces " * 50


def zstd(content: bytes) -> bytes:
    """A zstd frame of raw blocks (RFC 8878, 3.1.1): what the format needs, without a compressor."""
    blocks = [content[i : i + 100_000] for i in range(0, len(content), 100_000)]
    body = b"".join(
        (len(block) << 3 | (index == len(blocks) - 1)).to_bytes(3, "little") + block
        for index, block in enumerate(blocks)
    )
    return b"\x28\xb5\x2f\xfd\xa0" + len(content).to_bytes(4, "little") + body


def record(
    kind: str,
    content: bytes,
    *,
    version: str = "3.0",
    architecture: str = "base",
    target: str = "ru",
    **changes: object,
) -> dict[str, object]:
    names = {"model": f"model.en{target}.intgemm.alphas.bin", "vocab": f"vocab.en{target}.spm"}
    packed = zstd(content)
    return {
        "name": names[kind],
        "fileType": kind,
        "sourceLanguage": "en",
        "targetLanguage": target,
        "version": version,
        "architecture": architecture,
        "decompressedHash": hashlib.sha256(content).hexdigest(),
        "attachment": {
            "hash": hashlib.sha256(packed).hexdigest(),
            "size": len(packed),
            "filename": names[kind] + ".zst",
            "location": f"main-workspace/translations-models-v2/{architecture}-{version}-{kind}.zst",
            "mimetype": "application/zstd",
        },
        **changes,
    }


def serve(hub: Hub, *entries: tuple[dict[str, object], bytes], root: str = "/v1/", base: str = "/files/") -> None:
    hub.pages[RECORDS if root else "/mirror/records.json"] = json.dumps(
        {"data": [entry for entry, _ in entries]}
    ).encode()
    if root:
        hub.pages[root] = json.dumps({"capabilities": {"attachments": {"base_url": hub.url + base}}}).encode()
    for entry, content in entries:
        hub.pages[base + entry["attachment"]["location"]] = zstd(content)  # type: ignore[index]


def both(**changes: object) -> list[tuple[dict[str, object], bytes]]:
    model = changes.pop("model", MODEL)
    assert isinstance(model, bytes)
    return [(record("model", model, **changes), model), (record("vocab", VOCAB, **changes), VOCAB)]  # type: ignore[arg-type]


FIREFOX = catalogue_model("firefox-en-ru", backend="firefox", ready=None, languages=(),
                          pairs=((Language.ENGLISH, Language.RUSSIAN),), bytes=100_000)  # fmt: skip


@pytest.fixture
def mozilla(hub: Hub, network: Network) -> Network:
    return replace(network, records_url=hub.url + RECORDS)


def test_a_model_is_unpacked_checked_and_named_as_mozilla_names_it(
    open_store: OpenStore, hub: Hub, mozilla: Network
) -> None:
    serve(hub, *both())
    model = open_store(mozilla, FIREFOX).pull("firefox-en-ru")
    assert (model.folder / "model.enru.intgemm.alphas.bin").read_bytes() == MODEL
    assert (model.folder / "vocab.enru.spm").read_bytes() == VOCAB
    assert set(model.files) == {"model.enru.intgemm.alphas.bin", "vocab.enru.spm"}
    assert model.revision.startswith("3.0-base-")
    assert model.pairs == ((Language.ENGLISH, Language.RUSSIAN),)


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ([("3.0", "tiny"), ("3.0", "base"), ("3.0", "base-memory")], "3.0-base-memory"),
        ([("3.2", "tiny"), ("3.0", "base")], "3.0-base"),
        ([("3.0", "base"), ("3.10", "base"), ("3.2", "base")], "3.10-base"),
        ([("3.0", "base"), ("3.1a1", "base")], "3.0-base"),
        ([("3.0", "base"), ("4.0", "base")], "3.0-base"),
        ([("2.0", "base-memory"), ("3.0", "tiny")], "3.0-tiny"),
    ],
)
def test_the_newest_version_of_the_best_architecture_that_runs_is_taken(
    open_store: OpenStore, hub: Hub, mozilla: Network, offered: list[tuple[str, str]], taken: str
) -> None:
    serve(hub, *(pair for version, kind in offered for pair in both(version=version, architecture=kind)))
    assert open_store(mozilla, FIREFOX).pull("firefox-en-ru").revision.rsplit("-", 1)[0] == taken


def test_a_version_without_its_vocabulary_is_passed_over(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, both(version="3.5")[0], *both(version="3.1"))
    assert open_store(mozilla, FIREFOX).pull("firefox-en-ru").revision.startswith("3.1-")


def test_a_direction_that_mozilla_has_not_is_said(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, *both(target="de"))
    with pytest.raises(HubRefusedError, match="en → ru"):
        open_store(mozilla, FIREFOX).pull("firefox-en-ru")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"data": 3}', b"{}"])
def test_a_list_that_is_none_is_said(open_store: OpenStore, hub: Hub, mozilla: Network, body: bytes) -> None:
    hub.pages[RECORDS] = body
    with pytest.raises(HubError, match="not a list of Mozilla's models"):
        open_store(mozilla, FIREFOX).pull("firefox-en-ru")


def test_a_cut_attachment_goes_on(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, *both())
    hub.fail("base-3.0-model.zst", cut_after(30_000))
    open_store(mozilla, FIREFOX).pull("firefox-en-ru")
    assert [seen.headers.get("range") for seen in hub.requests("base-3.0-model.zst")] == [None, "bytes=30000-"]


def test_other_bytes_than_the_record_announces_are_thrown_away(
    open_store: OpenStore, hub: Hub, mozilla: Network
) -> None:
    serve(hub, *both())
    hub.fail("base-3.0-model.zst", send(zstd(b"forged  " * 9000)))
    with pytest.raises(ModelDamagedError, match="sha256"):
        open_store(mozilla, FIREFOX).pull("firefox-en-ru")
    open_store(mozilla, FIREFOX).pull("firefox-en-ru")


def test_content_that_does_not_unpack_to_its_hash_is_thrown_away(
    open_store: OpenStore, hub: Hub, mozilla: Network
) -> None:
    """The packed form is as announced, the weights in it are not."""
    wrong = record("model", MODEL, decompressedHash="0" * 64)
    serve(hub, (wrong, MODEL), both()[1])
    with pytest.raises(ModelDamagedError, match="does not unpack"):
        open_store(mozilla, FIREFOX).pull("firefox-en-ru")
    serve(hub, *both())
    open_store(mozilla, FIREFOX).pull("firefox-en-ru")


def test_a_record_without_a_hash_is_not_taken(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, *((dict(entry, decompressedHash=None), content) for entry, content in both()))
    with pytest.raises(ModelDamagedError, match="no sha256"):
        open_store(mozilla, FIREFOX).pull("firefox-en-ru")


def test_a_plain_mirror_has_its_files_beside_the_list(open_store: OpenStore, hub: Hub, network: Network) -> None:
    serve(hub, *both(), root="", base="/mirror/")
    open_store(replace(network, records_url=hub.url + "/mirror/records.json"), FIREFOX).pull("firefox-en-ru")


def test_the_setting_for_attachments_wins(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, *both(), base="/elsewhere/")
    hub.pages["/v1/"] = json.dumps({"capabilities": {"attachments": {"base_url": hub.url + "/gone/"}}}).encode()
    open_store(replace(mozilla, attachments_url=hub.url + "/elsewhere"), FIREFOX).pull("firefox-en-ru")


def test_a_damaged_model_follows_mozilla_to_a_newer_version_but_not_to_other_files_of_the_same(
    open_store: OpenStore, hub: Hub, mozilla: Network
) -> None:
    serve(hub, *both())
    store = open_store(mozilla, FIREFOX)
    model = store.pull("firefox-en-ru")
    (model.folder / "vocab.enru.spm").write_bytes(b"cut")
    serve(hub, *both(model=b"forged"))
    with pytest.raises(ModelDamagedError, match="other files than before"):
        store.pull("firefox-en-ru")
    serve(hub, *both(model=b"better", version="3.1"))
    assert store.pull("firefox-en-ru").revision.startswith("3.1-")


def test_the_token_of_the_hub_is_not_shown_to_mozilla(open_store: OpenStore, hub: Hub, mozilla: Network) -> None:
    serve(hub, *both())
    open_store(replace(mozilla, endpoint="https://hub.example", token="hf_secret"), FIREFOX).pull("firefox-en-ru")  # noqa: S106
    assert all("authorization" not in seen.headers for seen in hub.seen)
