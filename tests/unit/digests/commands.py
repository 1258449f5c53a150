"""``khabar feeds`` and ``khabar channels`` with a fetcher that reaches loopback, and the fixtures of their tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from bot.channels_cli import channels
from bot.db_cli import ADDRESS
from bot.feeds_cli import feeds
from pipelines.fetch.http import Fetcher
from tests.unit.digests.sites import POLICY, Web, web

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@click.group()
@click.option("--url", default="")
@click.pass_context
def khabar(context: click.Context, url: str) -> None:
    """As ``khabar``, with a fetcher that reaches loopback."""
    context.meta[ADDRESS] = url
    context.obj = Fetcher(POLICY)


khabar.add_command(feeds)
khabar.add_command(channels)


@pytest.fixture
def site() -> Generator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.sqlite'}"


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(khabar, ["--url", url, *arguments])


def well(url: str, *arguments: str) -> str:
    result = run(url, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(url: str, *arguments: str, code: int = 1) -> str:
    result = run(url, *arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output
