"""Greeting, help, counts, stopping, and what is stored about a person."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final

from bot.handlers import channels
from bot.handlers.articles import admitted, job_prefix, mark, take
from bot.handlers.desk import caller, desk_of, reply
from bot.handlers.inline import linked
from bot.i18n import say
from bot.intents import Intent, Source
from bot.messages import words
from bot.render.keyboards import Button
from bot.storage import inbox, people, stats, usage
from bot.storage.retention import Retention

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Desk
    from pipelines.languages import Language

FORGET: Final = "f:me"
"""Callback data of the button that deletes a person."""


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/start``: what the bot does; with the word of an inline query the digest that it promised."""
    desk = desk_of(context)
    who, message = await caller(desk, update), update.effective_message
    if who is None or message is None:
        return
    url = await linked(desk, (context.args or [""])[0])
    if url and await admitted(desk, update, who):
        await take(desk, update, who, Intent(sources=(Source(kind="link", value=url),)), message)
        return
    await reply(desk, update, who, say(who.speech, "welcome" if who.private else "welcome-group"))


async def help_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/help``: what can be sent."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is not None:
        await reply(desk, update, who, say(who.speech, "help", bot=f"@{context.bot.username}"))


async def stats_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/stats``: digests of this person, in a group of the group."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None:
        return
    async with desk.database.connect() as connection:
        if who.private and who.person is not None:
            counts = await stats.of_person(connection, who.person.id, now=desk.now())
        else:
            counts = await stats.of_chat(connection, who.chat.id, now=desk.now())
    key = "stats-text" if who.private else "stats-group"
    await reply(desk, update, who, say(who.speech, key, total=counts.total, today=counts.today))


async def cancel_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/cancel``: stop what the bot does for this person in this chat."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None:
        return
    sender = who.person.id if who.person else who.chat.id
    dropped = desk.pastes.drop(who.chat.id, sender)
    if dropped:
        async with desk.database.transaction() as tx:
            for one in dropped:
                await inbox.finish(tx, one, now=desk.now())
        for one in dropped:
            desk.later.ended(one)
    left = await channels.leave(desk, who)
    stopped = await desk.jobs.cancel(job_prefix(who))
    await desk.answers.drop(job_prefix(who))
    async with desk.database.transaction() as tx:
        for _ in range(stopped):
            person, today = who.person.id if who.person else None, desk.now().astimezone(UTC).date()
            await usage.give_back(tx, person_id=person, chat_id=who.chat.id, day=today)
    await reply(desk, update, who, say(who.speech, "cancelled" if stopped or dropped or left else "nothing-to-cancel"))


async def privacy_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/privacy``: what is stored, and a button that deletes it."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None:
        return
    if who.person is None:  # an admin who speaks as the group
        await reply(desk, update, who, say(who.speech, "privacy-nothing"))
        return
    kept = Retention()
    text = say(who.speech, "privacy-text", digest_days=kept.digests.days, message_days=kept.deliveries.days)
    if who.private:  # the others of a group need not read it
        text = f"{text}\n\n{await _record(desk, who.speech, who.person.id)}"
    button = Button(text=say(who.speech, "privacy-delete-button"), data=FORGET)
    await reply(desk, update, who, text, keyboard=((button,),))


async def _record(desk: Desk, speech: Language, person_id: int) -> str:
    async with desk.database.connect() as connection:
        record = await people.known(connection, person_id)
    return say(
        speech,
        "privacy-record",
        id=str(person_id),
        digests=record.digests,
        votes=record.votes,
        notes=len(record.notes),
        channels=record.subscriptions,
    )


async def forget(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The button that deletes what is stored about whoever presses it."""
    desk, query, presser = desk_of(context), update.callback_query, update.effective_user
    if query is None:
        return
    if presser is None or query.message is None:
        await desk.delivery.answer(query.id)
        return
    async with desk.database.connect() as connection:
        known = await people.get(connection, presser.id)
    speech = known.ui_language if known else people.ui_language(presser.language_code)
    await desk.delivery.answer(query.id)
    await desk.jobs.forget(mark(presser.id))
    await desk.answers.drop(f"d:{mark(query.message.chat.id)}:{mark(presser.id)}:")
    await desk.delivery.edit(
        f"u{update.update_id}",
        query.message.chat.id,
        [query.message.message_id],
        words(say(speech, "privacy-deleted" if known else "privacy-nothing"), speech),
    )
    await channels.forget(desk, presser.id)
    async with desk.database.transaction() as tx:
        await people.forget(tx, presser.id, now=desk.now())
