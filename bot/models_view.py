"""How ``khabar models`` looks: the rows of the list, and the two kinds of progress (a bar, or a line now and then)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from pipelines.store.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress, TaskID

    from pipelines.languages import Language
    from pipelines.store.catalogue import Pair
    from pipelines.store.store import ModelStore

LINES: Final = 10
"""A log gets a line each tenth of a download."""
_COMMIT: Final = 40


def rows(store: ModelStore) -> list[dict[str, Any]]:
    """One row a model: the catalogue's, in its order, then those that were imported under other names. Keys are stable."""
    installed, damaged = store.installed_by_name(), store.damaged()
    found = []
    for model in store.catalogue.models:
        here = installed.get(model.name)
        found.append(
            {
                "name": model.name,
                "stage": model.stage,
                "summary": model.summary,
                "languages": _languages(model.languages, model.pairs),
                "licence": model.licence,
                "licence_url": model.licence_url,
                "commercial": model.commercial,
                "bytes": here.bytes if here else model.bytes,
                "state": "installed" if here else "damaged" if model.name in damaged else "absent",
                "revision": here.revision if here else None,
                "source": here.source if here else None,
                "problem": str(damaged[model.name]) if model.name in damaged else None,
            }
        )
    listed = {row["name"] for row in found}
    for name in sorted({*installed, *damaged} - listed):
        here = installed.get(name)
        found.append(
            {
                "name": name,
                "stage": here.stage if here else None,
                "summary": f"imported ({here.backend})" if here else "imported",
                "languages": _languages(here.languages, here.pairs) if here else [],
                "licence": here.licence if here else "unknown",
                "licence_url": None,
                "commercial": None,
                "bytes": here.bytes if here else 0,
                "state": "installed" if here else "damaged",
                "revision": here.revision if here else None,
                "source": here.source if here else None,
                "problem": None if here else str(damaged[name]),
            }
        )
    return found


def table(found: list[dict[str, Any]]) -> str:
    """The rows as text, columns aligned, with what the marks mean and the next command."""
    head = ("NAME", "FOR", "LANGUAGES", "LICENCE", "SIZE", "STATE")
    body = [
        (
            row["name"],
            row["stage"] or "?",
            " ".join(row["languages"]),
            row["licence"] + ("*" if row["commercial"] is False else ""),
            size(row["bytes"]),
            row["state"] if row["state"] != "installed" else f"installed {short(row['revision'])}",
        )
        for row in found
    ]
    widths = [max(len(line[column]) for line in (head, *body)) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *body)
    ]
    notes = [f"✗ {row['name']}: {row['problem']}" for row in found if row["problem"]]
    notes.append("* no business use. Sizes of what is not installed are those of the download.")
    if not any(row["state"] == "installed" for row in found):
        notes.append("`khabar models pull light` fetches the small set, free for any use.")
    return "\n".join([*lines, "", *notes])


def size(count: int) -> str:
    """Bytes for a person, in decimal units as shops and disks count."""
    if count >= 1_000_000_000:
        return f"{count / 1_000_000_000:.1f} GB"
    if count >= 1_000_000:
        return f"{count / 1_000_000:.0f} MB"
    return f"{max(count, 0) / 1000:.0f} kB"


def short(revision: str) -> str:
    """A commit by its first twelve digits; other revisions whole."""
    return revision[:12] if len(revision) == _COMMIT else revision


class LineProgress(Progress):
    """Plain lines on standard error, for logs and pipes."""

    def __init__(self) -> None:
        self._name, self._total, self._done, self._next = "", 0, 0, 1

    def begin(self, name: str, total: int) -> None:
        """Say what comes and how much."""
        self._name, self._total, self._done, self._next = name, total, 0, 1
        click.echo(f"{name}: fetching {size(total)}", err=True)

    def advanced(self, count: int) -> None:
        """A line at each tenth."""
        self._done += count
        while self._total and self._next < LINES and self._done * LINES >= self._next * self._total:
            click.echo(f"{self._name}: {self._next * 100 // LINES} %", err=True)
            self._next += 1

    def say(self, message: str) -> None:
        """The message, as a line."""
        click.echo(message, err=True)


class BarProgress(Progress):
    """A bar with speed and time left, where someone watches."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def begin(self, name: str, total: int) -> None:
        """Draw the bar."""
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            DownloadColumn,
            Progress as RichProgress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._bar = RichProgress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(name, total=total or None)
        self._bar.start()

    def advanced(self, count: int) -> None:
        """Move the bar."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def say(self, message: str) -> None:
        """A line above the bar."""
        if self._bar is not None:
            self._bar.console.print(message, highlight=False, markup=False)
        else:
            click.echo(message, err=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _languages(languages: tuple[Language, ...], pairs: tuple[Pair, ...]) -> list[str]:
    return [language.value for language in languages] or [f"{source}-{target}" for source, target in pairs]
