"""Buttons under a digest: language, length, sources, opinions. Pressing twice is harmless, pressing after a restart works.

Callback data → card → what it shall show now. The answer is an edit of the card's own messages; what it shows is stored, so a
second press of the same button changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot import cards as faces
from bot.handlers.articles import admitted
from bot.handlers.desk import Caller, caller, desk_of, is_admin
from bot.i18n import say
from bot.messages import words
from bot.render.callbacks import Action, Press, decode
from bot.storage import cards, digests, feedback, notes
from pipelines.languages import READER, Language

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Desk
    from bot.storage.cards import Card
    from bot.storage.digests import StoredDigest
    from bot.storage.feedback import Kind

KINDS: Final[dict[Action, Kind]] = {
    Action.GOOD: "up",
    Action.BAD: "down",
    Action.WRONG_NAME: "wrong_name",
    Action.WRONG_TRANSLATION: "wrong_translation",
}
NOTE_ASKED: Final = "ask:"
"""Note by chat and message: this message asks what is wrong with a digest, and a reply to it is the answer."""


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A press of a digest's button."""
    desk, query = desk_of(context), update.callback_query
    if query is None:
        return
    press = decode(query.data or "")
    who = await caller(desk, update)
    if press is None or who is None or query.message is None:
        await desk.delivery.answer(query.id)
        return
    # two people's presses, each on the digest as it was before the other's, would leave it in a state that neither chose
    with desk.turns.queued(press.card_id) as turn:
        await turn.wait()
        await _act(desk, update, who, press)


async def _act(desk: Desk, update: Update, who: Caller, press: Press) -> None:
    query = update.callback_query
    if query is None:
        return
    async with desk.database.connect() as connection:
        card = await cards.get(connection, press.card_id)
        stored = await digests.get(connection, card.digest_id) if card is not None else None
    if card is None or stored is None or card.chat_id != who.chat.id:
        await desk.delivery.answer(query.id, say(who.speech, "press-expired"), alert=True)
        return
    refusal = await _refusal(desk, update, who, card)
    if refusal:
        await desk.delivery.answer(query.id, say(who.speech, refusal), alert=True)
        return
    if not await admitted(desk, update, who):
        await desk.delivery.answer(query.id)
        return
    if press.action in KINDS:
        await _opinion(desk, update, who, card, KINDS[press.action])
    else:
        await _show(desk, update, who, card, stored, press)


async def _refusal(desk: Desk, update: Update, who: Caller, card: Card) -> str:
    """Why this person may not press, as a key; empty where they may."""
    rule = who.chat.settings.presses
    if who.private or rule == "anyone":
        return ""
    if rule == "asker" and who.person is not None and who.person.id == card.asker_id:
        return ""
    if await is_admin(desk, update):
        return ""
    return "press-admins-only" if rule == "admins" else "press-not-yours"


async def _show(desk: Desk, update: Update, who: Caller, card: Card, stored: StoredDigest, press: Press) -> None:
    query = update.callback_query
    if query is None or query.message is None:
        return
    wanted: Card | None = None
    digest: StoredDigest | None = stored
    match press.action:
        case Action.LANGUAGE if press.argument in READER:
            language = Language(press.argument)
            wanted = replace(card, language=language, shows="digest")
            if wanted != card:
                digest = await desk.answers.in_language(stored, language)
            if digest is None:
                told = say(who.speech, "no-translation", language=language)
                await desk.delivery.answer(query.id, told, alert=True)
                return
        case Action.LENGTH if length := faces.length_of(press.argument):
            wanted = replace(card, length=length, shows="digest")
            if wanted != card:
                digest = await desk.answers.at_length(stored, length, card.language)
                wanted = replace(
                    wanted, digest_id=digest.id, language=faces.shown_language(digest.digest, [card.language])
                )
        case Action.SOURCES:
            wanted = replace(card, shows="digest" if card.shows == "sources" else "sources")
        case _:
            pass
    if wanted is None or digest is None or wanted == card:
        await desk.delivery.answer(query.id, say(who.speech, "already-shown") if wanted == card else "")
        return
    await desk.delivery.answer(query.id)
    await desk.answers.show_again(
        wanted, digest, who.speech, key=f"u{update.update_id}", pressed=query.message.message_id
    )


async def _opinion(desk: Desk, update: Update, who: Caller, card: Card, kind: Kind) -> None:
    query = update.callback_query
    if query is None:
        return
    if who.person is None:  # a bot's press: no person, no opinion
        await desk.delivery.answer(query.id)
        return
    async with desk.database.transaction() as tx:
        await feedback.record(
            tx,
            digest_id=card.digest_id,
            person_id=who.person.id,
            kind=kind,
            language=card.language,
            now=desk.now(),
        )
    await desk.delivery.answer(query.id, say(who.speech, "thanks-feedback"))
    if kind not in ("wrong_name", "wrong_translation"):
        return
    sent = await desk.delivery.send(
        f"u{update.update_id}-ask",
        who.chat.id,
        words(say(who.speech, "feedback-note-ask"), who.speech),
        topic_id=who.topic_id,
        reply_to=query.message.message_id if query.message else None,
    )
    for message_id in sent.message_ids:
        async with desk.database.transaction() as tx:
            asked = {"digest": card.digest_id, "kind": kind, "language": card.language.value}
            await notes.put(tx, f"{NOTE_ASKED}{who.chat.id}:{message_id}", asked, now=desk.now())


async def noted(desk: Desk, update: Update, who: Caller) -> bool:
    """True where the message answers "what is wrong?": it is stored with the digest, for the owner."""
    message = update.effective_message
    if message is None or message.reply_to_message is None or who.person is None or not message.text:
        return False
    key = f"{NOTE_ASKED}{who.chat.id}:{message.reply_to_message.message_id}"
    async with desk.database.transaction() as tx:
        asked = await notes.get(tx, key)
        if not isinstance(asked, dict):
            return False
        kind = next((known for known in KINDS.values() if known == asked.get("kind")), None)
        digest_id = asked.get("digest")
        if kind is None or not isinstance(digest_id, int):
            return False
        await feedback.record(
            tx,
            digest_id=digest_id,
            person_id=who.person.id,
            kind=kind,
            language=Language(str(asked.get("language"))),
            note=message.text[:2000],
            now=desk.now(),
        )
        await notes.delete_key(tx, key)
    return True
