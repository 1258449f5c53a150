"""A repository of the hub: its commit and the files that a model wants of it, with their sizes and hashes.

``GET /api/models/REPO/revision/REV?blobs=true`` names every file; those in Git LFS with their sha256, the others with Git's
blob hash. The addresses that go out carry the commit, not a branch, so nothing changes between listing and download.
Protocol: https://huggingface.co/docs/hub/api.
"""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pipelines.errors import HubRefusedError, ModelDamagedError
from pipelines.store.catalogue import MAIN
from pipelines.store.download import Downloader, RemoteFile
from pipelines.store.network import host, unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.store.catalogue import HubSource
    from pipelines.store.manifest import StoredFile

_COMMIT: Final = re.compile(r"[0-9a-f]{40}")


def listing(
    downloader: Downloader, endpoint: str, source: HubSource, *, held: str = "", before: Mapping[str, StoredFile]
) -> tuple[str, list[RemoteFile]]:
    """Commit and wanted files of a repository. ``held`` is the commit of an earlier pull, ``before`` its files.

    Raises ``HubError``, ``HubRefusedError``, and ``ModelDamagedError`` where the hub's word differs from a pin.
    """
    root = endpoint.rstrip("/")
    wanted = held if source.revision == MAIN and held else source.revision
    url = f"{root}/api/models/{source.repo}/revision/{quote(wanted, safe='')}?blobs=true"
    what = f"{source.repo} at {wanted[:12]}"
    try:
        answer = json.loads(downloader.text(url, what))
        commit = str(answer["sha"])
        siblings = {str(entry["rfilename"]): entry for entry in answer["siblings"]}
    except (ValueError, KeyError, TypeError) as error:
        raise unreachable(url, "its answer is not that of a model hub") from error
    if not _COMMIT.fullmatch(commit) or (_COMMIT.fullmatch(wanted) and commit != wanted):
        raise ModelDamagedError(
            f"{host(url)} answers with commit {commit[:12]} of {source.repo}, not with {wanted[:12]}."
        )
    files = []
    for pattern in source.files:
        names = sorted(name for name in siblings if fnmatchcase(name, pattern))
        if not names:
            raise HubRefusedError(f"{source.repo} at {host(url)} has no file {pattern}.", status=404)
        files += [
            _file(f"{root}/{source.repo}/resolve/{commit}", name, siblings[name], source.sha256, before)
            for name in names
        ]
    return commit, files


def _file(
    base: str, name: str, entry: dict[str, Any], pins: Mapping[str, str], before: Mapping[str, StoredFile]
) -> RemoteFile:
    lfs = entry.get("lfs") or {}
    said = str(lfs["sha256"]).lower() if "sha256" in lfs else None
    size = lfs.get("size", entry.get("size"))
    known = pins.get(name) or (before[name].sha256 if name in before else None)
    if known and said and known != said:
        raise ModelDamagedError(
            f"{name} has another sha256 at {host(base)} ({said[:12]}…) than the one that is pinned ({known[:12]}…)."
        )
    blob = entry.get("blobId")
    return RemoteFile(
        path=name,
        url=f"{base}/{quote(name)}",
        bytes=size if isinstance(size, int) else None,
        sha256=known or said,
        git_blob=str(blob) if blob and not lfs else None,
    )
