"""Pulling from a hub over a real socket: what arrives, what is resumed, what is refused, and how it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import DiskFullError, HubError, HubRefusedError, ModelDamagedError, ModelMissingError
from pipelines.store.network import Network
from tests.unit.store.conftest import FILES, REPO, OpenStore, Told, catalogue_model, is_whole
from tests.unit.store.hub_server import (
    COMMIT,
    Fault,
    Hub,
    Repository,
    cut_after,
    send,
    status,
)

MODEL = FILES["model.bin"]


def parts(store_root: Path) -> Path:
    return store_root / ".work" / "tiny" / "parts"


def test_a_pulled_model_has_the_wanted_files_and_says_where_they_are_from(open_store: OpenStore, told: Told) -> None:
    model = open_store().pull("tiny", progress=told)
    assert {path.name for path in model.folder.iterdir()} == {
        "config.json", "model.bin", "shared_vocabulary.json", "khabar-model.json",
    }  # fmt: skip
    assert (model.folder / "model.bin").read_bytes() == MODEL
    assert (model.revision, model.source) == (COMMIT, f"hub:{REPO}")
    assert open_store().installed("tiny") == model
    assert told.bytes == told.total == sum(map(len, FILES.values())) - len(FILES["README.md"])
    assert not (model.folder.parent / ".work" / "tiny").exists()


def test_a_sound_model_is_not_fetched_again(open_store: OpenStore, hub: Hub) -> None:
    open_store().pull("tiny")
    before = len(hub.seen)
    open_store(Network(offline=True)).pull("tiny")
    assert len(hub.seen) == before


def test_a_cut_line_goes_on_where_it_broke(open_store: OpenStore, hub: Hub, told: Told) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(70_000), cut_after(50_000))
    model = open_store().pull("tiny", progress=told)
    assert (model.folder / "model.bin").read_bytes() == MODEL
    asked = [seen.headers.get("range") for seen in hub.requests("cdn/team/tiny-nllb/model.bin")]
    assert asked == [None, "bytes=70000-", "bytes=120000-"]
    assert told.bytes == told.total
    assert any("trying again" in message for message in told.messages)


def test_what_came_before_the_program_ended_is_not_fetched_twice(
    open_store: OpenStore, hub: Hub, network: Network
) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(90_000), status(503))
    impatient = replace(network, retries=1)
    with pytest.raises(HubError):
        open_store(impatient).pull("tiny")
    store = open_store()
    assert (parts(store.root) / "model.bin.part").stat().st_size == 90_000
    assert store.installed("tiny") is None
    hub.seen.clear()
    assert (store.pull("tiny").folder / "model.bin").read_bytes() == MODEL
    assert hub.requests("cdn/team/tiny-nllb/model.bin")[0].headers["range"] == "bytes=90000-"
    assert not hub.requests("config.json")


def test_a_server_without_ranges_starts_the_file_anew(open_store: OpenStore, hub: Hub, told: Told) -> None:
    hub.ranges = False
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(70_000))
    model = open_store().pull("tiny", progress=told)
    assert (model.folder / "model.bin").read_bytes() == MODEL
    assert told.bytes == told.total


@pytest.mark.parametrize(
    "fault", [status(416), status(206, Content_Range="bytes 5-9/10"), status(206, Content_Range="nonsense")]
)
def test_a_range_that_is_not_the_one_asked_for_is_not_glued_on(open_store: OpenStore, hub: Hub, fault: Fault) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(70_000), fault)
    assert (open_store().pull("tiny").folder / "model.bin").read_bytes() == MODEL
    assert hub.requests("cdn/team/tiny-nllb/model.bin")[-1].headers.get("range") is None


def test_a_file_that_changed_meanwhile_is_not_glued_to_its_old_half(
    open_store: OpenStore, hub: Hub, network: Network
) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(70_000), status(503))
    with pytest.raises(HubError):
        open_store(replace(network, retries=1)).pull("tiny")
    newer = bytes(reversed(MODEL))
    hub.repositories[REPO] = Repository(files={**FILES, "model.bin": newer}, sha="ab" * 20)
    model = open_store().pull("tiny")
    assert (model.folder / "model.bin").read_bytes() == newer
    assert model.revision == "ab" * 20


@pytest.mark.parametrize("etags", [True, False])
def test_half_a_file_of_other_content_is_found_out(open_store: OpenStore, hub: Hub, etags: bool) -> None:
    """A part that lost a byte's truth on the disk: only the hash can tell."""
    hub.etags = etags
    hub.fail("cdn/team/tiny-nllb/model.bin", cut_after(70_000), status(404))
    with pytest.raises(HubRefusedError):
        open_store().pull("tiny")
    part = parts(open_store().root) / "model.bin.part"
    part.write_bytes(b"\0" + part.read_bytes()[1:])
    with pytest.raises(ModelDamagedError, match="sha256"):
        open_store().pull("tiny")
    assert not part.exists()
    assert (open_store().pull("tiny").folder / "model.bin").read_bytes() == MODEL


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("model.bin", bytes(len(MODEL)), "sha256"),
        ("model.bin", MODEL + b"more", "longer"),
        ("config.json", b'{"layers": 3}', "Git hash"),
    ],
)
def test_other_bytes_than_announced_are_thrown_away(
    open_store: OpenStore, hub: Hub, file: str, content: bytes, says: str
) -> None:
    hub.fail(file, send(content))
    with pytest.raises(ModelDamagedError, match=says) as raised:
        open_store().pull("tiny")
    assert file in str(raised.value)
    assert not list(parts(open_store().root).glob(f"{file}*"))
    assert open_store().installed("tiny") is None
    open_store().pull("tiny")


def test_a_file_that_stays_too_short_is_not_taken(open_store: OpenStore, hub: Hub, network: Network) -> None:
    hub.fail("cdn/team/tiny-nllb/model.bin", *[send(MODEL[:-5])] * 4)
    with pytest.raises(HubError, match="cut"):
        open_store(replace(network, retries=0)).pull("tiny")


def test_no_room_is_said_before_anything_is_fetched(open_store: OpenStore, hub: Hub) -> None:
    with pytest.raises(DiskFullError, match="KHABAR_MODELS_DIR") as raised:
        open_store(free=lambda _: 150_000).pull("tiny")
    assert raised.value.free == 150_000
    assert raised.value.needed > len(MODEL)
    assert not hub.requests("model.bin")


def test_a_disk_that_fills_up_on_the_way_is_said(open_store: OpenStore, hub: Hub) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    store = open_store()
    folder = parts(store.root)
    folder.mkdir(parents=True)
    (folder / "config.json").write_bytes(FILES["config.json"])
    (folder / "model.bin.part").symlink_to(full)
    with pytest.raises(DiskFullError, match="goes on from there"):
        store.pull("tiny")
    (folder / "model.bin.part").unlink()
    assert (store.pull("tiny").folder / "model.bin").read_bytes() == MODEL
    assert not hub.requests("config.json")


def test_what_was_fetched_survives_a_missing_extra(open_store: OpenStore, hub: Hub) -> None:
    def needs_torch(staging: Path, *, backend: str) -> None:
        (staging / "config.json").unlink()
        raise ModelMissingError(f"{backend} needs torch.", command="pip install khabar[torch]")

    with pytest.raises(ModelMissingError):
        open_store(prepare=needs_torch).pull("tiny")
    assert open_store().installed("tiny") is None
    hub.seen.clear()
    model = open_store().pull("tiny")
    assert json.loads((model.folder / "config.json").read_bytes()) == {"layers": 2}
    assert not hub.requests("model.bin")


def test_the_manifest_has_what_preparation_made(open_store: OpenStore) -> None:
    def shortlist(staging: Path, *, backend: str) -> None:
        is_whole(staging, backend=backend)
        (staging / "vmap.txt").write_text("a b")
        (staging / "config.json").write_text("converted")

    model = open_store(prepare=shortlist).pull("tiny")
    assert model.files["vmap.txt"].bytes == 3
    assert model.downloads["config.json"].sha256 != model.files["config.json"].sha256
    assert open_store().verify("tiny") == []


def test_a_file_that_the_repository_lacks_is_named(open_store: OpenStore, hub: Hub) -> None:
    del hub.repositories[REPO].files["shared_vocabulary.json"]
    with pytest.raises(HubRefusedError, match=r"shared_vocabulary\.\*"):
        open_store().pull("tiny")


@pytest.mark.parametrize(
    "evil", ["../../shared_vocabulary.x", "/shared_vocabulary.x", "a/../shared_vocabulary.x", "C:\\shared_vocabulary.x"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(open_store: OpenStore, hub: Hub, evil: str) -> None:
    hub.repositories[REPO].files[evil] = b"x"
    source = catalogue_model().ready
    assert source is not None
    model = catalogue_model(ready=replace(source, files=("*",)))
    with pytest.raises(ModelDamagedError, match="lead out"):
        open_store(None, model).pull("tiny")


def test_the_original_is_taken_when_asked_for(open_store: OpenStore, hub: Hub) -> None:
    ready = catalogue_model().ready
    assert ready is not None
    hub.repositories["authors/original"] = Repository(files={"model.bin": b"theirs"})
    model = catalogue_model(original=replace(ready, repo="authors/original", files=("model.bin",)))
    open_store(None, model).pull("tiny")
    assert open_store(None, model).pull("tiny", original=True).source == "hub:authors/original"
    assert (open_store(None, model).root / "tiny" / "model.bin").read_bytes() == b"theirs"
