"""A digest in a chat, as a reader has it now: which language, which length, and the buttons under it.

Stored digest and card → document and keyboard. Pure: what is shown follows from the two values alone, so that a press after a
restart, or pressed twice, gives the same message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import say
from bot.render.keyboards import CardState, DigestLabels, digest_keyboard
from bot.render.telegram import digest_tree, sources_tree
from bot.render.view import view
from pipelines.languages import READER
from pipelines.summarise.base import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.render.keyboards import Keyboard
    from bot.render.nodes import Document
    from bot.storage.cards import Card
    from bot.storage.values import Length
    from pipelines.languages import Language
    from pipelines.models import Digest

ORDER: Final[tuple[Length, ...]] = ("short", "medium", "long")


def shown_language(digest: Digest, wanted: Sequence[Language]) -> Language:
    """The first wanted language that the digest has, else the article's own: no model, no empty digest."""
    own = digest.article.language
    return next((language for language in wanted if language is own or language in digest.translations), own)


def document(digest: Digest, card: Card, *, wanted: Sequence[Language] = ()) -> Document:
    """What the card shows. Other ``wanted`` languages that are there stand folded below."""
    if card.shows == "sources":
        return sources_tree(digest, view(digest, card.language))
    there = [
        language
        for language in dict.fromkeys(wanted)
        if language is not card.language and language in digest.translations
    ]
    return digest_tree(view(digest, card.language), [view(digest, language) for language in there])


def keyboard(digest: Digest, card: Card, speech: Language) -> Keyboard:
    """Buttons of the card, their words in ``speech``."""
    place = ORDER.index(card.length)
    state = CardState(
        card_id=card.id,
        shown=card.language,
        original=digest.article.language,
        shorter=LENGTHS[ORDER[place - 1]].sentences if place > 0 else None,
        longer=LENGTHS[ORDER[place + 1]].sentences if place + 1 < len(ORDER) else None,
    )
    return digest_keyboard(state, READER[:4], labels(speech, shows_sources=card.shows == "sources"))


def labels(speech: Language, *, shows_sources: bool = False) -> DigestLabels:
    """Words of the buttons."""
    return DigestLabels(
        languages={language: say(speech, f"lang-{language.value}") for language in READER},
        original=say(speech, "button-original"),
        shorter=say(speech, "button-shorter"),
        longer=say(speech, "button-longer"),
        sources=say(speech, "button-back" if shows_sources else "button-sources"),
        good=say(speech, "button-up"),
        bad=say(speech, "button-down"),
        wrong_name=say(speech, "button-wrong-name"),
        wrong_translation=say(speech, "button-wrong-translation"),
    )


def length_of(sentences: str) -> Length | None:
    """The length that has so many sentences, None for a number that none has."""
    return next((name for name in ORDER if str(LENGTHS[name].sentences) == sentences), None)
