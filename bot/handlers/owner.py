"""``/admin`` for the owner: allow-list, quotas, latest errors, back-ends, models. For anybody else it is no command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.desk import ALLOWED, QUOTA, caller, desk_of, reply
from bot.i18n import say
from bot.storage import incidents, notes, stats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Desk
    from pipelines.languages import Language

SHOWN_ERRORS = 10


async def admin_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/admin [allow|remove ID | quota person|chat N | errors | backends | models]``."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None:
        return
    if who.person is None or not desk.is_owner(who.person.id):
        if who.private:  # as any other command that there is not
            await reply(desk, update, who, say(who.speech, "nothing-to-do"))
        return
    arguments = context.args or []
    match arguments:
        case []:
            text = await _overview(desk, who.speech)
        case ["allow" | "remove", *rest]:
            text = await _access(desk, who.speech, arguments[0], rest)
        case ["quota", *rest]:
            text = await _quota(desk, who.speech, rest)
        case ["errors"]:
            text = await _errors(desk, who.speech)
        case ["backends"]:
            text = _listed(say(who.speech, "admin-backends"), await desk.workshop.backends(), "")
        case ["models"]:
            text = _listed(
                say(who.speech, "admin-models"), await desk.workshop.models(), say(who.speech, "admin-models-none")
            )
        case _:
            text = f"{say(who.speech, 'admin-unknown')}\n\n{say(who.speech, 'admin-text')}"
    await reply(desk, update, who, text)


async def _overview(desk: Desk, speech: Language) -> str:
    async with desk.database.connect() as connection:
        now = await stats.of_bot(connection, now=desk.now())
    quota, said = await desk.quota(), now.feedback
    access = {
        "open": say(speech, "admin-access-open"),
        "groups": say(speech, "admin-access-groups"),
        "list": say(speech, "admin-access-list", count=len(await desk.allowed())),
    }[desk.settings.access]
    limits = (
        say(speech, "admin-quota", person=quota.person or 0, chat=quota.chat or 0)
        if quota.person or quota.chat
        else say(speech, "admin-quota-none")
    )
    counts = say(
        speech,
        "admin-stats",
        people=now.people,
        chats=now.chats,
        gone=now.chats_gone,
        today=now.digests.today,
        total=now.digests.total,
        up=said.up,
        down=said.down,
        names=said.wrong_name,
        translations=said.wrong_translation,
    )
    return "\n\n".join((counts, f"{access}\n{limits}", say(speech, "admin-text")))


async def _access(desk: Desk, speech: Language, order: str, rest: Sequence[str]) -> str:
    if len(rest) != 1 or not rest[0].lstrip("-").isdecimal() or not rest[0].isascii():
        return say(speech, "admin-allow-usage")
    number = int(rest[0])
    async with desk.database.transaction() as tx:
        allowed = set(await desk.allowed())
        (allowed.add if order == "allow" else allowed.discard)(number)
        await notes.put(tx, ALLOWED, sorted(allowed), now=desk.now())
    return say(speech, "admin-allowed" if order == "allow" else "admin-removed", id=rest[0])


async def _quota(desk: Desk, speech: Language, rest: Sequence[str]) -> str:
    if len(rest) != 2 or rest[0] not in ("person", "chat") or not (rest[1].isascii() and rest[1].isdecimal()):
        return say(speech, "admin-quota-usage")
    quota = await desk.quota()
    said = {"person": quota.person or 0, "chat": quota.chat or 0, rest[0]: min(int(rest[1]), 1_000_000)}
    async with desk.database.transaction() as tx:
        await notes.put(tx, QUOTA, said, now=desk.now())
    return say(speech, "admin-quota-set")


async def _errors(desk: Desk, speech: Language) -> str:
    async with desk.database.connect() as connection:
        found = await incidents.recent(connection, limit=SHOWN_ERRORS)
    lines = [f"{one.at:%Y-%m-%d %H:%M} {one.code} · {one.place}: {one.detail}" for one in found]
    return _listed(say(speech, "admin-errors"), lines, say(speech, "admin-errors-none"))


def _listed(title: str, lines: Sequence[str], none: str) -> str:
    return "\n".join((title, *(f"• {line}" for line in lines))) if lines else none or title
