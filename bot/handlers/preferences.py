"""What people choose: the bot's language, length and languages of digests; in groups the same for the group, by its admins.

Choices are buttons whose data begin with ``s:``; pressing one stores it and shows the choice anew in the same message.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from bot.cards import ORDER
from bot.handlers.desk import caller, desk_of, is_admin, reply
from bot.i18n import SPOKEN, say
from bot.messages import words
from bot.render.keyboards import SHOWN, Button, keyboard_payload
from bot.storage import chats, people
from pipelines.languages import READER, Language

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Caller, Desk
    from bot.render.keyboards import Keyboard
    from bot.storage.chats import Presses

PREFIX: Final = "s:"
PRESSES: Final[tuple[Presses, ...]] = ("anyone", "asker", "admins")


async def language_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/language``: what the bot speaks."""
    await _ask(update, context, "language")


async def length_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/length``: how long digests are."""
    await _ask(update, context, "length")


async def languages_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/languages``: what digests come in; in a group also its other settings."""
    await _ask(update, context, "languages")


async def settings_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/settings`` in a group: links and buttons."""
    desk, who = desk_of(context), await caller(desk_of(context), update)
    if who is None:
        return
    if who.private:
        await reply(desk, update, who, say(who.speech, "groups-command-only"))
        return
    await _ask(update, context, "group")


async def _ask(update: Update, context: ContextTypes.DEFAULT_TYPE, what: str) -> None:
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None:
        return
    if not who.private and not await is_admin(desk, update):
        await reply(desk, update, who, say(who.speech, "group-admins-only"))
        return
    text, keyboard = _question(who, what)
    await reply(desk, update, who, text, keyboard=keyboard)


def _question(who: Caller, what: str) -> tuple[str, Keyboard]:
    speech = who.speech
    match what:
        case "language":
            rows = [(_button(one.names.native, "language", one.value, on=one is speech),) for one in SPOKEN]
            return say(speech, "language-ask"), tuple(rows)
        case "length":
            rows = [(_button(say(speech, f"length-{one}"), "length", one, on=one == who.length),) for one in ORDER]
            return say(speech, "length-ask"), tuple(rows)
        case "languages":
            chosen = _chosen(who)
            buttons = [
                _button(say(speech, f"lang-{one.value}"), "languages", one.value, on=one in chosen) for one in READER
            ]
            done = _button(say(speech, "button-done"), "done", "-", on=False)
            return say(speech, "languages-ask"), (tuple(buttons[:3]), tuple(buttons[3:]), (done,))
        case _:
            links = who.chat.settings.auto_links
            rows = [
                (_button(say(speech, "button-auto-on"), "auto", "on", on=links),),
                (_button(say(speech, "button-auto-off"), "auto", "off", on=not links),),
                *(
                    (_button(say(speech, f"presses-{one}"), "presses", one, on=one == who.chat.settings.presses),)
                    for one in PRESSES
                ),
            ]
            return f"{say(speech, 'group-settings')}\n\n{say(speech, 'presses-ask')}", tuple(rows)


def _button(label: str, what: str, value: str, *, on: bool) -> Button:
    return Button(text=f"{SHOWN}{label}" if on else label, data=f"{PREFIX}{what}:{value}")


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A press of one of these buttons."""
    desk, query = desk_of(context), update.callback_query
    who = await caller(desk, update)
    if query is None:
        return
    if who is None or query.message is None:
        await desk.delivery.answer(query.id)
        return
    _, what, value = [*(query.data or "").split(":", 2), "", ""][:3]
    if not who.private and not await is_admin(desk, update):
        await desk.delivery.answer(query.id, say(who.speech, "group-admins-only"), alert=True)
        return
    changed = await _store(desk, who, what, value)
    if changed is None:
        await desk.delivery.answer(query.id)
        return
    now = await caller(desk, update) or who
    await desk.delivery.answer(query.id, say(now.speech, "saved"))
    text, keyboard = (changed, ()) if what in ("language", "length", "done", "auto") else _question(now, _kind(what))
    await desk.delivery.edit(
        f"u{update.update_id}",
        who.chat.id,
        [query.message.message_id],
        words(text, now.speech),
        keyboard_payload(keyboard) if keyboard else None,
        topic_id=who.topic_id,
    )


def _kind(what: str) -> str:
    return "group" if what == "presses" else what


async def _store(desk: Desk, who: Caller, what: str, value: str) -> str | None:
    """Store a choice; the words that confirm it, None for data that no button of ours has."""
    match what:
        case "language" if value in set(SPOKEN):
            language = Language(value)
            await _put(desk, who, ui_language=language)
            return say(language, "language-set", language=language)
        case "length" if value in ORDER:
            await _put(desk, who, length=value)
            return say(who.speech, "length-set", length=value)
        case "languages" if value in READER:
            now = list(_chosen(who))
            language = Language(value)
            wanted = [one for one in now if one is not language] if language in now else [*now, language]
            await _put(desk, who, languages=tuple(one for one in READER if one in wanted))
            return ""
        case "done":
            kept = _chosen(who)
            return say(who.speech, "languages-set", languages=kept) if kept else say(who.speech, "languages-none")
        case "auto" if not who.private and value in ("on", "off"):
            await _put(desk, who, auto_links=value == "on")
            return say(who.speech, f"group-auto-{value}")
        case "presses" if not who.private and value in PRESSES:
            await _put(desk, who, presses=value)
            return ""
        case _:
            return None


def _chosen(who: Caller) -> tuple[Language, ...]:
    """Languages that were chosen, not the one that stands in where none was."""
    if not who.private:
        return who.chat.settings.languages or ()
    return who.person.languages if who.person else ()


async def _put(desk: Desk, who: Caller, **choice: object) -> None:
    async with desk.database.transaction() as tx:
        if not who.private:
            await chats.set_settings(tx, who.chat.id, replace(who.chat.settings, **choice))  # type: ignore[arg-type]
            return
        if who.person is None:
            return
        if "ui_language" in choice:
            await people.set_ui_language(tx, who.person.id, cast("Language", choice["ui_language"]))
        if "length" in choice:
            length = next(one for one in ORDER if one == choice["length"])
            await people.set_length(tx, who.person.id, length)
        if "languages" in choice:
            await people.set_languages(tx, who.person.id, cast("tuple[Language, ...]", choice["languages"]))
