"""Inline keyboards as plain values: rows of buttons, their labels given by the caller, their data by ``callbacks``.

Card and what is shown of it → the buttons under a digest. A button repeats no text of the article and stays valid for as
long as the card does, restarts included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.render.callbacks import MAX_BYTES, Action, encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.languages import Language

SHOWN: Final = "✓\u00a0"
TOGGLES_A_ROW: Final = 3
"""Names of languages stay whole on a narrow telephone with three in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button with exactly one of callback ``data``, ``url`` and ``switch_inline`` (a query in the chat at hand)."""

    text: str
    data: str | None = None
    url: str | None = None
    switch_inline: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a button needs a label")
        if sum(value is not None for value in (self.data, self.url, self.switch_inline)) != 1:
            raise ValueError(f"button {self.text!r} needs exactly one of data, url and switch_inline")
        if self.data is not None and not 1 <= len(self.data.encode()) <= MAX_BYTES:
            raise ValueError(f"button {self.text!r}: callback data of {len(self.data.encode())} bytes")

    def payload(self) -> dict[str, Any]:
        """The Bot API's ``InlineKeyboardButton``."""
        if self.data is not None:
            return {"text": self.text, "callback_data": self.data}
        if self.url is not None:
            return {"text": self.text, "url": self.url}
        return {"text": self.text, "switch_inline_query_current_chat": self.switch_inline}


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLabels:
    """Labels of the buttons under a digest, in the language of the bot's words. ``languages`` by language."""

    languages: Mapping[Language, str]
    original: str
    shorter: str
    longer: str
    sources: str
    good: str
    bad: str
    wrong_name: str
    wrong_translation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """What a card shows. ``original`` is the article's language.

    ``shorter`` and ``longer`` are the numbers of sentences that these buttons ask for, None where there is nothing to ask for.
    """

    card_id: int
    shown: Language
    original: Language
    shorter: int | None
    longer: int | None


def digest_keyboard(state: CardState, languages: Sequence[Language], labels: DigestLabels) -> Keyboard:
    """Languages in the order given, the original last and named so, the one shown marked; then length, sources, opinions."""
    card = state.card_id
    toggles = [
        _toggle(state, language, labels.languages[language]) for language in languages if language is not state.original
    ]
    toggles.append(_toggle(state, state.original, labels.original))
    rows = [tuple(toggles[at : at + TOGGLES_A_ROW]) for at in range(0, len(toggles), TOGGLES_A_ROW)]
    lengths = [
        Button(text=label, data=encode(Action.LENGTH, card, str(count)))
        for label, count in ((labels.shorter, state.shorter), (labels.longer, state.longer))
        if count is not None
    ]
    if lengths:
        rows.append(tuple(lengths))
    rows.append((Button(text=labels.sources, data=encode(Action.SOURCES, card)),))
    rows.append(
        (
            Button(text=labels.good, data=encode(Action.GOOD, card)),
            Button(text=labels.bad, data=encode(Action.BAD, card)),
        )
    )
    wrong = [Button(text=labels.wrong_name, data=encode(Action.WRONG_NAME, card))]
    if state.shown is not state.original:  # what nobody translated cannot be translated wrongly
        wrong.append(Button(text=labels.wrong_translation, data=encode(Action.WRONG_TRANSLATION, card)))
    rows.append(tuple(wrong))
    return tuple(rows)


def keyboard_payload(keyboard: Keyboard) -> dict[str, Any]:
    """The Bot API's ``InlineKeyboardMarkup``."""
    return {"inline_keyboard": [[button.payload() for button in row] for row in keyboard]}


def _toggle(state: CardState, language: Language, label: str) -> Button:
    text = SHOWN + label if language is state.shown else label
    return Button(text=text, data=encode(Action.LANGUAGE, state.card_id, language.value))
