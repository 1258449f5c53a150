"""What the store says of models in place: sound, damaged, removed; and what it costs to ask."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import ModelDamagedError, ModelMissingError, UnknownModelError
from pipelines.languages import Language
from pipelines.store.catalogue import BACKENDS, catalogue, find, parse
from pipelines.store.manifest import MANIFEST, InstalledModel

if TYPE_CHECKING:
    from tests.unit.store.conftest import OpenStore

ROOT = Path(__file__).parents[3]


def test_nothing_is_installed_where_there_is_no_folder(open_store: OpenStore) -> None:
    store = open_store()
    assert store.all_installed() == ()
    assert store.installed("tiny") is None
    assert not store.root.exists(), "asking writes nothing"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:0],
        lambda text: text[: len(text) // 2],
        lambda text: text[:0] + "[]",
        lambda text: text.replace('"nllb"', '"quantum"'),
        lambda text: text.replace('"tiny"', '"other"'),
        lambda text: text.replace('"config.json"', '"../config.json"'),
        lambda text: text.replace('"prs"', '"klingon"'),
        lambda text: text.replace('"format": 1', '"format": 2'),
    ],
)
def test_a_broken_manifest_is_that_models_error_and_no_crash(open_store: OpenStore, spoil: object) -> None:
    store = open_store()
    path = store.pull("tiny").folder / MANIFEST
    text = path.read_text()
    assert callable(spoil)
    assert spoil(text) != text
    path.write_text(spoil(text))
    with pytest.raises(ModelDamagedError, match="khabar models pull tiny"):
        store.installed("tiny")
    (found,) = store.all_installed()
    assert isinstance(found, ModelDamagedError)
    assert [problem.path for problem in store.verify("tiny")] == [MANIFEST]
    store.pull("tiny")
    assert store.verify("tiny") == []


def test_a_missing_or_cut_file_is_seen_without_hashing(open_store: OpenStore) -> None:
    store = open_store()
    folder = store.pull("tiny").folder
    (folder / "model.bin").write_bytes(b"cut")
    with pytest.raises(ModelDamagedError, match="has 3 bytes"):
        store.installed("tiny")
    (folder / "model.bin").unlink()
    with pytest.raises(ModelDamagedError, match=r"model\.bin is missing"):
        store.installed("tiny")
    assert "tiny" in store.damaged()


def test_verify_finds_what_only_a_hash_can_find(open_store: OpenStore) -> None:
    store = open_store()
    model = store.pull("tiny")
    content = bytearray((model.folder / "model.bin").read_bytes())
    content[5] ^= 1
    (model.folder / "model.bin").write_bytes(content)
    (model.folder / "config.json").unlink()
    assert [(p.path, p.what) for p in store.verify("tiny")] == [
        ("config.json", "is missing"),
        ("model.bin", "has other content than was installed"),
    ]


def test_remove_frees_what_it_says_and_parts_too(open_store: OpenStore) -> None:
    store = open_store()
    model = store.pull("tiny")
    parts = store.root / ".work" / "tiny" / "parts"
    parts.mkdir(parents=True)
    (parts / "model.bin.part").write_bytes(bytes(1000))
    manifest = (model.folder / MANIFEST).stat().st_size
    assert store.remove("tiny") == model.bytes + manifest + 1000
    assert store.installed("tiny") is None
    assert not parts.exists()
    with pytest.raises(ModelMissingError) as raised:
        store.remove("tiny")
    assert raised.value.command == "khabar models pull tiny"


def test_a_program_that_died_between_two_renames_loses_no_model(open_store: OpenStore) -> None:
    store = open_store()
    model = store.pull("tiny")
    work = store.root / ".work" / "tiny"
    (work / "staging").mkdir(parents=True)
    model.folder.rename(work / "old")
    assert store.pull("tiny") == model
    assert not work.exists()


def test_asking_imports_nothing_heavy_and_opens_no_model_file(open_store: OpenStore) -> None:
    store = open_store()
    store.pull("tiny")
    code = (
        "import sys; from pathlib import Path; from pipelines.store.store import ModelStore; "
        f"opened = []; sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None); "
        f"assert ModelStore(Path({str(store.root)!r})).all_installed()[0].name == 'tiny'; "
        f"print([m for m in ('httpx', 'numpy', 'fxtranslate', 'ctranslate2', 'rich', 'tarfile') if m in sys.modules], "
        f"[o for o in opened if {str(store.root)!r} in o and not o.endswith({MANIFEST!r}) and Path(o).is_file()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[] []"


def test_a_manifest_is_plain_json_for_other_programs(open_store: OpenStore) -> None:
    model = open_store().pull("tiny")
    raw = json.loads((model.folder / MANIFEST).read_text())
    assert raw["languages"] == ["en", "prs"]
    assert set(raw["files"]["model.bin"]) == {"sha256", "bytes"}
    assert isinstance(open_store().all_installed()[0], InstalledModel)


def test_every_model_of_the_catalogue_can_be_meant() -> None:
    found = catalogue()
    for model in found.models:
        assert model.pairs or model.languages, model.name
        assert model.backend in BACKENDS
        assert model.commercial == ("NC" not in model.licence), model.name
        assert model.licence_url.startswith("https://")
        assert model.bytes > 1_000_000
        for source in filter(None, (model.ready, model.original)):
            assert source.revision == "main" or len(source.revision) == 40
            assert set(source.sha256) <= set(source.files)
            assert all(len(digest) == 64 for digest in source.sha256.values())
    assert [model.name for model in found.expand("light")] == [
        "firefox-en-ru", "firefox-ru-en", "firefox-en-fa", "firefox-fa-en",
    ]  # fmt: skip
    assert all(model.commercial for model in found.expand("light"))
    assert Language.DARI in find("nllb-600m").languages
    assert Language.DARI not in find("small100").languages


def test_a_misspelt_name_gets_the_near_ones() -> None:
    with pytest.raises(UnknownModelError, match="did you mean nllb-600m"):
        find("nllb600m")
    with pytest.raises(UnknownModelError, match=r"there are light, firefox-en-ru"):
        catalogue().expand("zzz")


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ('backend = "quantum"', "one"),
        ('stage = "sing"', "one"),
        ('pairs = ["en"]', "one"),
        ('languages = ["xx"]', "one"),
    ],
)
def test_a_catalogue_that_makes_no_sense_names_the_entry(field: str, says: str) -> None:
    fields = {
        "name": 'name = "one"', "summary": 'summary = "s"', "stage": 'stage = "translate"', "backend": 'backend = "firefox"',
        "pairs": 'pairs = ["en-ru"]', "licence": 'licence = "MIT"', "licence_url": 'licence_url = "https://x"',
        "commercial": "commercial = true", "bytes": "bytes = 5",
    }  # fmt: skip
    assert parse("[[model]]\n" + "\n".join(fields.values())).models[0].name == "one"
    fields[field.split(maxsplit=1)[0]] = field
    with pytest.raises(ValueError, match=says):
        parse("[[model]]\n" + "\n".join(fields.values()))
