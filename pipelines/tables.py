"""Reads the word lists and tables under ``pipelines/data``: TSV with a header, or one entry a line.

Lists inside a cell are separated by `` | ``; lines that open with ``#`` are comments. Everything is cached: the files
belong to the installed package and do not change while it runs.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def cell_list(cell: str) -> tuple[str, ...]:
    """Entries of a cell that holds a list."""
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of ``pipelines/data/<name>`` without comments and blank lines."""
    text = resources.files("pipelines").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a TSV as column → cell. Raises ValueError naming the line that has too many or too few cells."""
    header, *rows = (line.split("\t") for line in lines(name))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"{name}, entry {number} ({row[0]}): {len(row)} cells, the header has {len(header)}")
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


@cache
def words(name: str) -> frozenset[str]:
    """First cell of every line of a list, as a set."""
    return frozenset(line.split("\t")[0].strip() for line in lines(name))


@cache
def word_class(name: str, wanted: str) -> frozenset[str]:
    """Words of one class from a table of ``class`` and ``words`` (separated by spaces)."""
    return frozenset(word for row in table(name) if row["class"] == wanted for word in row["words"].split())
