"""Mozilla's translation models: the records of Remote Settings → the files of one direction, newest and best.

Which architecture: ``base-memory`` (as good as ``base``, half its memory), else ``base``, else ``tiny``; of it the newest version
that the engine can run, released before alpha. Files stand compressed (zstd); a record has sha256 of both forms.
Protocol: https://remote-settings.readthedocs.io, https://mozilla.github.io/translations/firefox-models/.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from pipelines.errors import HubRefusedError, ModelDamagedError, ModelMissingError
from pipelines.store.download import Downloader, RemoteFile
from pipelines.store.network import unreachable
from pipelines.store.paths import inside

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from pipelines.store.catalogue import Pair
    from pipelines.store.network import Network

ARCHITECTURES: Final = ("base-memory", "base", "tiny")
ATTACHMENTS: Final = "https://firefox-settings-attachments.cdn.mozilla.net/"
"""Where Mozilla's own server keeps files, should it not say so itself."""
_ROOT: Final = re.compile(r"(https?://.+?/v1/)buckets/")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PACKED: Final = ".zst"


@dataclass(frozen=True, slots=True, kw_only=True)
class MozillaModel:
    """One direction at one version. ``files`` are the packed forms; ``unpacked`` maps a final name to its sha256."""

    version: str
    architecture: str
    files: tuple[RemoteFile, ...]
    unpacked: dict[str, str]


def listing(downloader: Downloader, network: Network, pair: Pair) -> MozillaModel:
    """The best model of Mozilla's for a direction.

    Raises ``HubError``, ``HubRefusedError`` where there is none, ``ModelMissingError`` where the engine has no wheel.
    """
    discovery = _discovery()
    records_url = network.records_url or discovery.records_url()
    body = downloader.text(records_url, "the list of Mozilla's models")
    source, target = (language.value for language in pair)
    try:
        raw = json.loads(body)["data"]
        attachments = {entry["attachment"]["location"]: entry["attachment"] for entry in raw if entry.get("attachment")}
        route = discovery.resolve_route(body, source, target) if raw else {"kind": "none"}
        records = discovery.parse_records(body)
    except (ValueError, KeyError, TypeError) as error:
        if "no model" in str(error):
            raise _none(source, target) from error
        raise unreachable(records_url, "its answer is not a list of Mozilla's models") from error
    if route["kind"] != "direct":
        raise _none(source, target)
    chosen = _best(
        discovery, raw, [r for r in records if (r["sourceLanguage"], r["targetLanguage"]) == (source, target)]
    )
    if not chosen:
        raise _none(source, target)
    base = _base(downloader, network, records_url, default=discovery.records_url())
    files = tuple(_file(base, record["location"], record["name"], attachments) for record in chosen)
    return MozillaModel(
        version=chosen[0]["version"],
        architecture=chosen[0]["architecture"] or "unknown",
        files=files,
        unpacked={record["name"]: _hash(record) for record in chosen},
    )


def unpack(model: MozillaModel, parts: Path, staging: Path) -> None:
    """Every file of ``model`` out of ``parts`` into ``staging``. Raises ``ModelDamagedError`` and throws the bad one away."""
    discovery = _discovery()
    for name, sha256 in model.unpacked.items():
        packed = inside(parts, name + _PACKED)
        try:
            content = discovery.verify_and_decompress(packed.read_bytes(), sha256)
        except ValueError as error:
            packed.unlink()
            raise ModelDamagedError(
                f"{name} of Mozilla's does not unpack to what was announced; it was thrown away. Try again."
            ) from error
        inside(staging, name).write_bytes(content)


def _discovery() -> ModuleType:
    try:
        from fxtranslate import discovery  # noqa: PLC0415 - a native engine; only a pull needs it here
    except ImportError as error:
        raise ModelMissingError(
            "Mozilla's models need the package fxtranslate, which has no wheel for this machine: nllb-600m or opus-en-ru do "
            "the same here."
        ) from error
    module: ModuleType = discovery
    return module


def _best(discovery: ModuleType, raw: list[Any], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records of the best complete set, one for each file."""
    sets: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for record in records:
        sets.setdefault((record["architecture"] or "", record["version"]), {})[record["fileType"]] = record
    by_location = {entry["attachment"]["location"]: entry for entry in raw if entry.get("attachment")}

    def rank(key: tuple[str, str]) -> tuple[object, ...]:
        architecture, version = key
        place = ARCHITECTURES.index(architecture) if architecture in ARCHITECTURES else len(ARCHITECTURES)
        numbers, alpha = _version(version)
        return place, alpha, tuple(-number for number in numbers)

    for key in sorted(sets, key=rank):
        kinds = sets[key]
        vocabulary = {"vocab"} <= kinds.keys() or {"srcvocab", "trgvocab"} <= kinds.keys()
        entries = [by_location[record["location"]] for record in kinds.values()]
        # The engine itself says which versions it can run: its list of pairs leaves the others out.
        if "model" in kinds and vocabulary and discovery.model_pairs(json.dumps({"data": entries})):
            return list(kinds.values())
    return []


def _version(version: str) -> tuple[tuple[int, ...], bool]:
    """Numbers of ``3.0a1`` and whether it is one before a release."""
    head = re.match(r"[\d.]*", version)
    numbers = tuple(int(part) for part in (head[0] if head else "").split(".") if part)
    return numbers, head is None or head[0] != version


def _base(downloader: Downloader, network: Network, records_url: str, *, default: str) -> str:
    """Where attachments stand: the setting, what the server says of itself, or (a plain mirror) beside the list."""
    if network.attachments_url:
        return network.attachments_url.rstrip("/") + "/"
    root = _ROOT.match(records_url)
    if root is not None:
        try:
            answer = json.loads(downloader.text(root[1], "its own description"))
            return str(answer["capabilities"]["attachments"]["base_url"]).rstrip("/") + "/"
        except (HubRefusedError, ValueError, KeyError, TypeError):
            if records_url == default:
                return ATTACHMENTS
    return urljoin(records_url, ".")


def _file(base: str, location: str, name: str, attachments: dict[str, Any]) -> RemoteFile:
    entry = attachments[location]
    size, sha256 = entry.get("size"), str(entry.get("hash", "")).lower()
    return RemoteFile(
        path=name + _PACKED,
        url=urljoin(base, location.lstrip("/")),
        bytes=size if isinstance(size, int) else None,
        sha256=sha256 if _SHA256.fullmatch(sha256) else None,
    )


def _hash(record: dict[str, Any]) -> str:
    found = str(record["decompressedHash"] or "").lower()
    if not _SHA256.fullmatch(found):
        raise ModelDamagedError(f"Mozilla's list gives no sha256 for {record['name']}: it cannot be checked.")
    return found


def _none(source: str, target: str) -> HubRefusedError:
    return HubRefusedError(f"Mozilla's list has no model for {source} → {target} that this engine runs.", status=404)
