"""A hub with one small model on it, a catalogue that names it, and a store that waits for nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import ModelDamagedError
from pipelines.languages import Language
from pipelines.store.catalogue import Catalogue, CatalogueModel, HubSource
from pipelines.store.network import Network
from pipelines.store.progress import Progress
from pipelines.store.store import ModelStore
from tests.unit.store.hub_server import Hub, Repository

if TYPE_CHECKING:
    from pathlib import Path

REPO = "team/tiny-nllb"
FILES = {
    "config.json": b'{"layers": 2}',
    "model.bin": random.Random(3).randbytes(200_000),  # noqa: S311 - bytes that compress to nothing, no secret
    "shared_vocabulary.json": b'["<s>", "\xd8\xa7"]',
    "README.md": b"not wanted",
}
WANTED = ("config.json", "model.bin", "shared_vocabulary.*")


def catalogue_model(name: str = "tiny", *, revision: str = "main", **changes: object) -> CatalogueModel:
    source = HubSource(repo=REPO, revision=revision, files=WANTED, bytes=200_029)
    values: dict[str, object] = {
        "name": name,
        "summary": "a model for tests",
        "stage": "translate",
        "backend": "nllb",
        "languages": (Language.ENGLISH, Language.DARI),
        "licence": "MIT",
        "licence_url": "https://licence.example/",
        "commercial": True,
        "bytes": source.bytes,
        "ready": source,
        **changes,
    }
    return CatalogueModel(**values)  # type: ignore[arg-type]


def is_whole(staging: Path, *, backend: str) -> None:
    """Stands in for the back-end's own proof: the files of its format are there and not empty."""
    needed = "model.bin" if backend != "firefox" else "model.enru.intgemm.alphas.bin"
    if not (staging / needed).read_bytes():
        raise ModelDamagedError(f"{needed} is empty.")


class Told(Progress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.bytes = 0
        self.total = 0

    def begin(self, name: str, total: int) -> None:
        del name
        self.total = total

    def advanced(self, count: int) -> None:
        self.bytes += count

    def say(self, message: str) -> None:
        self.messages.append(message)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub(repositories={REPO: Repository(files=dict(FILES))}) as running:
        yield running


@pytest.fixture
def network(hub: Hub) -> Network:
    return Network(endpoint=hub.url, sleep=lambda _: None, connect_seconds=2, read_seconds=5)


@pytest.fixture
def told() -> Told:
    return Told()


OpenStore = Callable[..., ModelStore]


@pytest.fixture
def open_store(tmp_path: Path, network: Network) -> OpenStore:
    """Opens the same folder anew, as another process would."""

    def opened(net: Network | None = None, *models: CatalogueModel, **settings: object) -> ModelStore:
        settings = {"prepare": is_whole, **settings}
        return ModelStore(
            tmp_path / "models",
            net or network,
            catalogue=Catalogue(models=models or (catalogue_model(),)),
            **settings,  # type: ignore[arg-type]
        )

    return opened
