"""For every test of this folder: a word of the bot that its catalogue lacks fails the test that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.i18n import raising

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture(autouse=True)
def _missing_words_raise() -> Generator[None]:
    with raising():
        yield
