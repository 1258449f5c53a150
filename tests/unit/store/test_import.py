"""Models that the user brings: folders and archives, honest and hostile."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import DiskFullError, ModelDamagedError, ModelError, UnknownModelError
from pipelines.languages import Language
from pipelines.store import incoming
from tests.unit.store.conftest import FILES, OpenStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAIR = ((Language.RUSSIAN, Language.ENGLISH),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "brought"
    path.mkdir()
    for name, content in FILES.items():
        (path / name).write_bytes(content)
    (path / ".gitattributes").write_text("*.bin filter=lfs")
    (path / "khabar-model.json").write_text("of another machine")
    return path


def tar_of(folder: Path, kind: str) -> Path:
    path = folder.with_name(f"packed.{kind}")
    with tarfile.open(path, "w:gz" if kind.endswith("gz") else "w") as tar:
        tar.add(folder, arcname="nllb-tiny")
    return path


def zip_of(folder: Path, kind: str) -> Path:
    path = folder.with_name(f"packed.{kind}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"a/b/{file.name}")
    return path


@pytest.mark.parametrize(
    ("pack", "kind"),
    [(lambda folder, _: folder, ""), (tar_of, "tar"), (tar_of, "tar.gz"), (tar_of, "tgz"), (zip_of, "zip")],
)
def test_a_folder_or_archive_becomes_a_model(
    open_store: OpenStore, folder: Path, pack: Callable[[Path, str], Path], kind: str
) -> None:
    path = pack(folder, kind)
    model = open_store().import_model("tiny", path)
    assert set(model.files) == set(FILES)
    assert (model.folder / "model.bin").read_bytes() == FILES["model.bin"]
    assert model.source == f"import:{path.name}"
    assert model.revision.startswith("import-")
    assert (folder / "model.bin").exists(), "what the user brought is copied, never moved"
    assert open_store().verify("tiny") == []
    assert open_store().installed("tiny") == model


def test_links_to_files_are_followed_as_the_hubs_cache_has_them(open_store: OpenStore, folder: Path) -> None:
    blob = folder.parent / "blob"
    (folder / "model.bin").rename(blob)
    (folder / "model.bin").symlink_to(blob)
    model = open_store().import_model("tiny", folder)
    assert not (model.folder / "model.bin").is_symlink()
    assert blob.exists()


def test_a_model_outside_of_the_catalogue_needs_its_kind_and_directions(open_store: OpenStore, folder: Path) -> None:
    store = open_store()
    with pytest.raises(UnknownModelError, match="--backend"):
        store.import_model("mine", folder)
    with pytest.raises(UnknownModelError, match="--pairs"):
        store.import_model("mine", folder, backend="opus")
    model = store.import_model("mine", folder, backend="opus", pairs=PAIR)
    assert (model.stage, model.pairs, model.licence) == ("translate", PAIR, "unknown")
    assert model.translates(Language.RUSSIAN, Language.ENGLISH)
    assert not model.translates(Language.ENGLISH, Language.RUSSIAN)


@pytest.mark.parametrize("name", ["../tiny", "a/b", ".hidden", "Grand", "", "con:"])
def test_a_name_that_can_be_no_folder_is_refused(open_store: OpenStore, folder: Path, name: str) -> None:
    with pytest.raises(UnknownModelError):
        open_store().import_model(name, folder, backend="opus", pairs=PAIR)
    with pytest.raises(UnknownModelError):
        open_store().remove(name)
    with pytest.raises(UnknownModelError):
        open_store().verify(name)


def tar_with(path: Path, member: tarfile.TarInfo, content: bytes = b"x") -> Path:
    with tarfile.open(path, "w") as tar:
        member.size = len(content) if member.isreg() else 0
        tar.addfile(member, io.BytesIO(content))
    return path


def link(kind: bytes, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo("model.bin")
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "member",
    [
        tarfile.TarInfo("../../model.bin"),
        tarfile.TarInfo("/model.bin"),
        tarfile.TarInfo("a\\..\\model.bin"),
        link(tarfile.SYMTYPE, "/etc/passwd"),
        link(tarfile.LNKTYPE, "/etc/passwd"),
        link(tarfile.CHRTYPE, ""),
        link(tarfile.FIFOTYPE, ""),
    ],
    ids=lambda member: f"{member.name}-{member.type!r}",
)
def test_a_hostile_tar_is_refused(open_store: OpenStore, tmp_path: Path, member: tarfile.TarInfo) -> None:
    with pytest.raises(ModelDamagedError):
        open_store().import_model("tiny", tar_with(tmp_path / "evil.tar", member))
    assert open_store().installed("tiny") is None
    assert {path.name for path in tmp_path.iterdir()} == {"evil.tar", "models"}


def test_a_hostile_zip_is_refused(open_store: OpenStore, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../model.bin", b"x")
    with pytest.raises(ModelDamagedError, match="lead out"):
        open_store().import_model("tiny", tmp_path / "evil.zip")


def test_an_archive_that_unpacks_beyond_the_disk_is_stopped(open_store: OpenStore, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.bin", bytes(30_000_000))
    assert (tmp_path / "bomb.zip").stat().st_size < 100_000
    with pytest.raises(DiskFullError, match="no room"):
        open_store(free=lambda _: 10_000_000).import_model("tiny", tmp_path / "bomb.zip")
    assert not (open_store().root / ".work" / "tiny").exists()


def test_an_archive_of_endless_files_is_stopped(open_store: OpenStore, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(incoming.MAX_FILES + 1):
            archive.writestr(f"{number}.txt", b"")
    with pytest.raises(ModelDamagedError, match="no model"):
        open_store().import_model("tiny", tmp_path / "many.zip")


@pytest.mark.parametrize("suffix", ["zip", "tar.gz"])
def test_a_broken_archive_is_said(open_store: OpenStore, folder: Path, suffix: str) -> None:
    path = zip_of(folder, suffix) if suffix == "zip" else tar_of(folder, suffix)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2000] = bytes(2000)
    path.write_bytes(content)
    with pytest.raises(ModelDamagedError, match="cannot be unpacked"):
        open_store().import_model("tiny", path)


def test_what_holds_no_model_is_said(open_store: OpenStore, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x")
    (tmp_path / "one.txt").write_text("x")
    with pytest.raises(ModelDamagedError, match="holds no model"):
        open_store().import_model("tiny", tmp_path / "photos")
    with pytest.raises(ModelError, match="neither a folder nor"):
        open_store().import_model("tiny", tmp_path / "one.txt")
    with pytest.raises(ModelError, match="nothing at"):
        open_store().import_model("tiny", tmp_path / "nowhere")


def test_a_failed_import_leaves_the_model_that_was_there(open_store: OpenStore, folder: Path) -> None:
    before = open_store().import_model("tiny", folder)
    (folder / "model.bin").write_bytes(b"")
    with pytest.raises(ModelDamagedError, match="empty"):
        open_store().import_model("tiny", folder)
    assert open_store().installed("tiny") == before
    assert open_store().verify("tiny") == []
