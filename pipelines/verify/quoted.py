"""Quotations in a translation: someone's own words stay marked as such, and nothing else becomes a quotation.

``Pair`` → ``quote_changed``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair

_SAID: Final = 3
"""Words from which a quotation is speech rather than a title or a nickname, which languages mark each in its own way."""
_ADDED: Final = 7
"""Russian puts more titles and nicknames between marks than English does."""


def check_quotes(pair: Pair) -> Iterator[Warning]:
    """Compare whether the texts quote."""
    source, target = _speech(pair.source.text, _SAID), _speech(pair.target.text, _ADDED)
    if source and not quotations(pair.target.text):
        yield pair.warn("quote_changed", "The source quotes; the translation has no quotation marks.", source[0])
    elif target and not quotations(pair.source.text):
        yield pair.warn("quote_changed", "The translation quotes; the source has no quotation marks.", target[0])


def _speech(text: str, least: int) -> list[str]:
    return [quote.text for quote in quotations(text) if not quote.cut and len(quote.text.split()) >= least]
