"""``khabar models`` as a user meets it: lists, lines, exit statuses."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.models_cli import models
from bot.models_view import LineProgress
from pipelines.store.catalogue import Bundle, Catalogue
from pipelines.store.store import ModelStore
from tests.unit.store.conftest import FILES, catalogue_model, is_whole
from tests.unit.store.hub_server import Hub, Repository, status

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.store.network import Network

FREE, BOUND = catalogue_model("free"), catalogue_model("bound", licence="CC-BY-NC-4.0", commercial=False)
KEYS = [
    "name", "stage", "summary", "languages", "licence", "licence_url", "commercial", "bytes", "state", "revision", "source",
    "problem",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, network: Network) -> ModelStore:
    bundle = Bundle(name="both", summary="both", models=("free", "bound"))
    return ModelStore(
        tmp_path / "models", network, catalogue=Catalogue(models=(FREE, BOUND), bundles=(bundle,)), prepare=is_whole
    )


def run(store: ModelStore, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(models, list(arguments), obj=store, input=stdin)


def states(store: ModelStore) -> dict[str, str]:
    return {row["name"]: row["state"] for row in json.loads(run(store, "list", "--format", "json").stdout)}


def test_the_list_says_what_for_how_large_and_what_may_not_be_sold(store: ModelStore) -> None:
    run(store, "pull", "free")
    result = run(store, "list")
    assert result.exit_code == 0
    head, free, bound = result.stdout.splitlines()[:3]
    assert head.split() == ["NAME", "FOR", "LANGUAGES", "LICENCE", "SIZE", "STATE"]
    assert free.split() == ["free", "translate", "en", "prs", "MIT", "200", "kB", "installed", "c0ffeec0ffee"]
    assert bound.split() == ["bound", "translate", "en", "prs", "CC-BY-NC-4.0*", "200", "kB", "absent"]


def test_the_list_as_json_keeps_its_keys(store: ModelStore) -> None:
    rows = json.loads(run(store, "list", "--format", "json").stdout)
    assert [list(row) for row in rows] == [KEYS, KEYS]


def test_a_damaged_model_is_shown_and_stops_nothing(store: ModelStore) -> None:
    run(store, "pull", "free")
    (store.root / "free" / "khabar-model.json").write_text("{")
    (store.root / "stray").mkdir()
    assert states(store) == {"free": "damaged", "bound": "absent", "stray": "damaged"}
    assert "✗ free: The model free is damaged" in run(store, "list").stdout


def test_pull_shows_the_licence_and_ends_with_what_is_ready(store: ModelStore) -> None:
    result = run(store, "pull", "free")
    assert result.exit_code == 0
    assert "Licence: MIT (https://licence.example/)" in result.stderr
    assert "free: fetching 200 kB" in result.stderr
    assert result.stdout == "✓ free: ready, 200 kB, revision c0ffeec0ffee.\n"
    assert run(store, "pull", "free", "--quiet").output == ""


def test_a_bundle_is_all_of_its_models_and_a_refused_licence_stops_only_its_own(store: ModelStore) -> None:
    result = run(store, "pull", "both")
    assert result.exit_code == 1
    assert "✗ bound: bound is under CC-BY-NC-4.0" in result.stderr
    assert "--accept-licence" in result.stderr
    assert states(store) == {"free": "installed", "bound": "absent"}
    assert run(store, "pull", "bound", "--accept-licence").exit_code == 0
    assert states(store)["bound"] == "installed"


def test_one_that_fails_does_not_stop_the_others(store: ModelStore, hub: Hub) -> None:
    hub.fail("revision/main", status(404))
    result = run(store, "pull", "bound", "fre", "free", "--accept-licence")
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in errors] == ["✗ fre", "✗ bound"]
    assert "did you mean free?" in errors[0]
    assert states(store) == {"free": "installed", "bound": "absent"}


def test_an_unreachable_hub_is_one_line(store: ModelStore, network: Network) -> None:
    gone = ModelStore(
        store.root, replace(network, endpoint="http://127.0.0.1:1"), catalogue=store.catalogue, prepare=is_whole
    )
    result = run(gone, "pull", "free", "--quiet")
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert line.startswith("✗ free: 127.0.0.1 could not be used")


def test_import_verify_and_remove(store: ModelStore, tmp_path: Path) -> None:
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "model.bin").write_bytes(FILES["model.bin"])
    result = run(store, "import", "mine", str(folder), "--backend", "opus", "--pairs", "en-ru,ru-en")
    assert result.exit_code == 0
    assert result.stdout == "✓ mine: imported, 200 kB. Licence: unknown.\n"
    assert run(store, "verify").stdout == "✓ mine\n"
    (store.root / "mine" / "model.bin").write_bytes(b"x")
    result = run(store, "verify", "mine", "free")
    assert result.exit_code == 1
    assert "✗ mine: model.bin has 1 bytes, not 200000" in result.stderr
    assert "✗ free: free is not installed." in result.stderr
    assert run(store, "remove", "mine", stdin="n\n").exit_code == 1
    assert states(store)["mine"] == "damaged"
    result = run(store, "remove", "mine", "free", "--yes")
    assert result.exit_code == 1
    assert "✓ mine: removed" in result.stdout
    assert "✗ free: free is not installed." in result.stderr
    assert "mine" not in states(store)


@pytest.mark.parametrize(
    "options", [["--pairs", "en"], ["--pairs", "en-xx"], ["--languages", "en,zz"], ["--backend", "gpt"]]
)
def test_import_refuses_what_cannot_be_meant(store: ModelStore, tmp_path: Path, options: list[str]) -> None:
    assert run(store, "import", "mine", str(tmp_path), *options).exit_code == 2


def test_import_without_a_kind_says_which_option(store: ModelStore, tmp_path: Path) -> None:
    result = run(store, "import", "mine", str(tmp_path))
    assert result.exit_code == 1
    assert "--backend" in result.stderr


def test_settings_reach_the_store(hub: Hub, tmp_path: Path) -> None:
    """The whole way from the environment: another folder, the mirror, the offline switch."""
    hub.repositories["Helsinki-NLP/opus-mt-en-ru"] = Repository(files=dict(FILES), sha="0" * 40)
    environment = {"KHABAR_MODELS_DIR": str(tmp_path / "m"), "KHABAR_MODELS_ENDPOINT": hub.url, "KHABAR_OFFLINE": ""}
    result = CliRunner().invoke(main, ["models", "pull", "opus-en-ru"], env=environment)
    assert result.exit_code == 1
    assert "answers with commit 000000000000" in result.stderr, "the shipped pin holds against a mirror, too"
    assert hub.seen[0].path.startswith("/api/models/Helsinki-NLP/opus-mt-en-ru/revision/")
    result = CliRunner().invoke(main, ["models", "pull", "opus-en-ru"], env={**environment, "KHABAR_OFFLINE": "1"})
    assert "KHABAR_OFFLINE" in result.stderr
    assert len(hub.seen) == 1
    listed = CliRunner().invoke(main, ["models", "list", "--format", "json"], env=environment)
    assert {row["state"] for row in json.loads(listed.stdout)} == {"absent"}


def test_a_log_gets_ten_lines_however_many_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    progress = LineProgress()
    progress.begin("tiny", 1_000_000)
    for _ in range(1000):
        progress.advanced(1000)
    progress.end()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "tiny: fetching 1 MB"
    assert lines[1:] == [f"tiny: {tenth}0 %" for tenth in range(1, 10)]
