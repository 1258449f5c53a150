"""Buttons under a digest and what they send back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render.callbacks import MAX_CARD, Action, Press, decode, encode
from bot.render.keyboards import Button, CardState, DigestLabels, digest_keyboard, keyboard_payload
from pipelines.languages import Language

LABELS = DigestLabels(
    languages={
        Language.DARI: "دری",
        Language.PASHTO: "پښتو",
        Language.RUSSIAN: "Русский",
        Language.ENGLISH: "English",
    },
    original="متن اصلی",
    shorter="کوتاه‌تر",
    longer="بلندتر",
    sources="جمله‌های اصلی",
    good="👍",
    bad="👎",
    wrong_name="نام نادرست",
    wrong_translation="ترجمهٔ نادرست",
)
LANGUAGES = (Language.DARI, Language.PASHTO, Language.RUSSIAN, Language.ENGLISH)
STATE = CardState(card_id=MAX_CARD, shown=Language.DARI, original=Language.ENGLISH, shorter=2, longer=5)


def labels(state: CardState) -> list[list[str]]:
    return [[button.text for button in row] for row in digest_keyboard(state, LANGUAGES, LABELS)]


def test_the_language_shown_is_marked_and_the_articles_own_is_called_original() -> None:
    assert labels(STATE) == [
        ["✓\u00a0دری", "پښتو", "Русский"],
        ["متن اصلی"],
        ["کوتاه‌تر", "بلندتر"],
        ["جمله‌های اصلی"],
        ["👍", "👎"],
        ["نام نادرست", "ترجمهٔ نادرست"],
    ]


def test_the_original_has_no_wrong_translation_and_the_shortest_nothing_shorter() -> None:
    state = replace(STATE, shown=Language.ENGLISH, shorter=None, longer=None)
    assert labels(state) == [
        ["دری", "پښتو", "Русский"],
        ["✓\u00a0متن اصلی"],
        ["جمله‌های اصلی"],
        ["👍", "👎"],
        ["نام نادرست"],
    ]


def test_an_article_in_a_language_that_is_no_readers_still_has_its_original() -> None:
    assert labels(replace(STATE, original=Language.PERSIAN))[:2] == [
        ["✓\u00a0دری", "پښتو", "Русский"],
        ["English", "متن اصلی"],
    ]


def test_every_button_says_what_it_asks_for() -> None:
    presses = [decode(button.data or "") for row in digest_keyboard(STATE, LANGUAGES, LABELS) for button in row]
    assert [(press.action.name, press.argument) for press in presses if press] == [
        ("LANGUAGE", "prs"),
        ("LANGUAGE", "ps"),
        ("LANGUAGE", "ru"),
        ("LANGUAGE", "en"),
        ("LENGTH", "2"),
        ("LENGTH", "5"),
        ("SOURCES", ""),
        ("GOOD", ""),
        ("BAD", ""),
        ("WRONG_NAME", ""),
        ("WRONG_TRANSLATION", ""),
    ]
    assert {press.card_id for press in presses if press} == {MAX_CARD}


def test_the_largest_card_leaves_room_for_its_argument() -> None:
    assert encode(Action.LANGUAGE, MAX_CARD, "prs") == "1lAzL8n0Y58m7.prs"
    assert decode("1lAzL8n0Y58m7.prs") == Press(action=Action.LANGUAGE, card_id=MAX_CARD, argument="prs")
    assert decode("1lAzL8n0Y58m8") is None


def test_what_callback_data_cannot_hold_is_refused() -> None:
    for card, argument in ((-1, ""), (MAX_CARD + 1, ""), (1, "Д"), (1, "a b"), (1, "x" * 49)):
        with pytest.raises(ValueError, match=r"a card's number|an argument"):
            encode(Action.GOOD, card, argument)


def test_a_button_does_exactly_one_thing() -> None:
    for wrong in (
        {"text": "x"},
        {"text": "x", "data": "a", "url": "https://a.b"},
        {"text": " ", "data": "a"},
        {"text": "x", "data": "é" * 33},
    ):
        with pytest.raises(ValueError, match="button"):
            Button(**wrong)


def test_payloads_have_the_bot_apis_names() -> None:
    keyboard = (
        (Button(text="a", data="1s1"), Button(text="b", url="https://a.b")),
        (Button(text="c", switch_inline=""),),
    )
    assert keyboard_payload(keyboard) == {
        "inline_keyboard": [
            [{"text": "a", "callback_data": "1s1"}, {"text": "b", "url": "https://a.b"}],
            [{"text": "c", "switch_inline_query_current_chat": ""}],
        ]
    }
