"""Long polling, with python-telegram-bot's own Updater and by hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.error import Conflict
from telegram.ext import Application, MessageHandler, Updater, filters

from tests.telegram.fake import BadGateway, FakeTelegram
from tests.telegram.fake.ptb import ptb_bot

if TYPE_CHECKING:
    from telegram.ext import ContextTypes


async def test_an_application_of_python_telegram_bot_runs_unchanged() -> None:
    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"you said {update.effective_message.text}")

    async with FakeTelegram() as api:
        app = Application.builder().token(api.token).base_url(api.base_url).base_file_url(api.base_file_url).build()
        app.add_handler(MessageHandler(filters.TEXT, echo))
        async with app:
            await app.start()
            assert app.updater is not None
            await app.updater.start_polling()
            ali = api.user("Ali")
            chat = api.private(ali)
            for word in ("سلام", "😀"):
                said = api.say(ali, chat, word)
                answer = await api.expect(chat, word, after=said)
                assert answer.text == f"you said {word}"
            await api.acknowledged()
            await app.updater.stop()
            await app.stop()
        assert not api.violations
        assert not api.breaches
        assert not api.bot.updates.pending


async def test_a_new_poller_gets_what_the_old_one_did_not_acknowledge() -> None:
    async with FakeTelegram() as api:
        ali = api.user("Ali")
        api.say(ali, api.private(ali), "one")
        async with ptb_bot(api) as bot:
            (one,) = await bot.get_updates()
            api.say(ali, api.private(ali), "two")
        async with ptb_bot(api) as bot:
            again = await bot.get_updates()
            assert [update.message.text for update in again if update.message] == ["one", "two"]
            assert again[0].update_id == one.update_id
            (two,) = await bot.get_updates(offset=one.update_id + 1)
        assert api.bot.updates.delivered == [one.update_id]
        async with ptb_bot(api) as bot:
            assert await bot.get_updates(offset=two.update_id + 1) == ()
        await api.acknowledged()


async def test_a_poll_returns_as_soon_as_there_is_something() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        polling = asyncio.create_task(bot.get_updates(timeout=30))
        await api.polled()
        api.say(ali, api.private(ali), "hi")
        assert len(await asyncio.wait_for(polling, 5)) == 1
        assert await bot.get_updates(offset=-1, limit=1) != ()
        assert await bot.get_updates(offset=api.bot.updates.next_id, timeout=0) == ()


async def test_a_second_poller_ends_the_first_one_s_call() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as one, ptb_bot(api) as two:
        first = asyncio.create_task(one.get_updates(timeout=30))
        await api.polled()
        second = asyncio.create_task(two.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        ali = api.user("Ali")
        api.say(ali, api.private(ali), "hi")
        assert len(await second) == 1


async def test_kinds_of_updates_that_were_not_asked_for_stay_away() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.group("Family", ali)
        api.promote(group)
        api.bot.updates.drop_pending()
        api.join(group, api.user("Omid"))
        kinds = [set(update.to_dict()) - {"update_id"} for update in await bot.get_updates(offset=-9)]
        assert kinds == [{"message"}], "chat_member has to be asked for"
        api.bot.updates.drop_pending()
        await bot.get_updates(allowed_updates=["chat_member", "callback_query"])
        api.join(group, api.user("Zahra"))
        api.say(ali, group, "hi")
        (update,) = await bot.get_updates()
        assert update.chat_member is not None


async def test_an_updater_survives_a_fault_of_the_server() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        queue: asyncio.Queue[object] = asyncio.Queue()
        api.fault(BadGateway(), method="getUpdates")
        async with Updater(bot, queue) as updater:
            await updater.start_polling(timeout=1)
            api.say(ali, api.private(ali), "hi")
            update = await asyncio.wait_for(queue.get(), 10)
            assert isinstance(update, Update)
            await updater.stop()
        assert api.faults_left == 0
