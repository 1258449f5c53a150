"""Quotations in a translation: someone's own words stay marked as such, and nothing else becomes a quotation.

``Pair`` → ``quote_changed``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.verify.content import free
from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair

_SAID: Final = 4
"""Words from which a quotation is speech rather than a title or a nickname, which languages mark each in its own way."""
_ADDED: Final = 8
"""Russian puts more titles and nicknames between marks than English does."""


_FREE: Final = 0.4
"""Share of the source's known words without an equal from which speech is reported in other words."""
_LONG: Final = 1000
_MYSELF: Final = re.compile(r"\b(?:I|we|my|our|us|me|я|мы|мне|нам|нас|мой|мою|наш\w*)\b", re.IGNORECASE)
_WHOLE: Final = 0.8
"""Part of the text within marks from which all of it is a quotation."""


def check_quotes(pair: Pair) -> Iterator[Warning]:
    """Compare whether the texts quote."""
    source, target = _speech(pair.source.text, _SAID), _speech(pair.target.text, _ADDED)
    if source and not quotations(pair.target.text) and not free(pair, _FREE, _LONG):
        yield pair.warn("quote_changed", "The source quotes; the translation has no quotation marks.", source[0])
    elif target and not quotations(pair.source.text) and not _spoken(pair, target[0]):
        yield pair.warn("quote_changed", "The translation quotes; the source has no quotation marks.", target[0])


def _spoken(pair: Pair, quote: str) -> bool:
    """True where the source is a line of somebody's speech, whose marks stand in the lines around it."""
    return len(quote) >= _WHOLE * len(pair.target.text) and _MYSELF.search(pair.source.text) is not None


def _speech(text: str, least: int) -> list[str]:
    return [quote.text for quote in quotations(text) if not quote.cut and len(quote.text.split()) >= least]
