"""Once, in order, all or nothing: through doubled work, crashes and broken connections."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import DeliveryFailed, Limits, PlannedPart, TokenRejected
from tests.telegram.delivery_stage import PTB_SAYS, Stage, buttons, stage, texts
from tests.telegram.fake import BadGateway, DropAfter, DropBefore, Fault, Garbled, Hold, Status
from tests.telegram.fake.ptb import ptb_bot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


async def test_parts_arrive_in_order_the_first_as_the_reply_the_last_with_the_buttons(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        (question,) = chat.messages.values()
        sent = await here.time.passing(
            here.delivery().send(
                "update-1", chat.id, texts("one", "two", "three"), reply_to=question.id, keyboard=buttons(), silent=True
            )
        )
        messages = here.api.messages(chat)
        assert [message.plain for message in messages] == ["one", "two", "three"]
        assert sent.message_ids == tuple(message.id for message in messages)
        assert [message.reply_to for message in messages] == [question, None, None]
        assert [message.markup is not None for message in messages] == [False, False, True]
        assert all(asked.params["disable_notification"] for asked in here.api.asked("sendMessage"))
        assert (await here.row("update-1")).state == "sent"
        assert not here.api.violations


async def test_a_reply_to_a_deleted_message_is_sent_without_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        (question,) = chat.messages.values()
        here.api.erase(question)
        await here.delivery().send("update-1", chat.id, texts("answer"), reply_to=question.id)
        assert here.said(chat) == ["answer"]


async def test_a_topic_is_answered_in(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        forum = here.api.supergroup(forum=True)
        topic = here.api.topic(forum, "News")
        await here.delivery().send("update-1", forum.id, texts("answer"), topic_id=topic)
        assert [message.thread_id for message in here.api.messages(forum)] == [topic]


async def test_a_key_that_was_sent_answers_its_messages_and_says_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        first = await here.delivery().send("update-1", chat.id, texts("one", "two"))
        again = await here.delivery().send("update-1", chat.id, texts("one", "two"))
        assert again == first
        assert here.said(chat) == ["one", "two"]


async def test_the_same_key_at_the_same_time_is_sent_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        both = [delivery.send("update-1", chat.id, texts("one", "two", "three")) for _ in range(5)]
        sent = await here.time.passing(asyncio.gather(*both))
        assert len(set(sent)) == 1
        assert here.said(chat) == ["one", "two", "three"]


async def test_deliveries_to_one_chat_do_not_mix(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        here.api.fault(BadGateway(), method="sendMessage")
        sends = [delivery.send(f"update-{name}", chat.id, texts(f"{name}1", f"{name}2")) for name in "ab"]
        await here.time.passing(asyncio.gather(*sends))
        assert here.said(chat) == ["a1", "a2", "b1", "b2"]


async def test_what_was_planned_or_half_sent_is_completed_at_the_next_start(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, other = here.person(), here.person()
        here.api.fault(Status(401, "Unauthorized"), method="sendMessage", skip=1)
        with pytest.raises(TokenRejected):
            await here.delivery().send("update-1", chat.id, texts("one", "two", "three"))
        assert here.said(chat) == ["one"]
        await here.plan("update-2", chat, *texts("four"))
        await here.plan("update-3", other, *texts("five"))
        resumed = await here.time.passing(here.delivery().resume())
        assert (resumed.sent, resumed.failed, resumed.too_old) == (3, 0, 0)
        assert here.said(chat) == ["one", "two", "three", "four"]
        assert here.said(other) == ["five"]
        assert (await here.time.passing(here.delivery().resume())).sent == 0


async def test_a_call_that_was_on_its_way_at_a_crash_is_sent_once_more_and_counted(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        await here.plan("update-1", chat, *texts("one", "two"))
        await here.claim("update-1", 0)
        await here.time.passing(delivery.resume())
        assert here.said(chat) == ["one", "two"]
        assert delivery.counts["resent"] == 1


async def test_a_crash_in_every_resend_ends_the_delivery_and_deletes_what_was_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        here.api.fault(DropAfter(), method="sendMessage", skip=1, times=2)
        with pytest.raises(DeliveryFailed, match="may or may not"):
            await here.time.passing(here.delivery().send("update-1", chat.id, texts("one", "two")))
        assert here.said(chat) == ["two", "two"]  # the window: what Telegram took without saying so
        assert await here.incidents() == ["delivery: failed"]
        with pytest.raises(DeliveryFailed, match="may or may not"):
            await here.delivery().send("update-1", chat.id, texts("one", "two"))


@pytest.mark.parametrize(("fault", "copies"), [(DropBefore(), 1), (DropAfter(), 2), (Garbled(), 2), (BadGateway(), 1)])
async def test_a_broken_connection_costs_a_copy_at_most(tmp_path: Path, fault: Fault, copies: int) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        here.api.fault(fault, method="sendMessage")
        sent = await here.time.passing(delivery.send("update-1", chat.id, texts("one")))
        assert here.said(chat) == ["one"] * copies
        assert sent.message_ids == (here.api.messages(chat)[-1].id,)
        assert delivery.counts["resent"] == (0 if isinstance(fault, BadGateway) else 1)


async def test_an_unreachable_server_is_waited_for_without_a_copy(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        port = here.api._http.port
        await here.api._http.stop()
        sending = asyncio.create_task(delivery.send("update-1", chat.id, texts("one")))
        await here.time.passing(here.time.sleep(200.0))
        assert not sending.done()
        assert delivery.counts["no connection"] > 3
        # 0.5, 1, 2 … 30 s: a wait doubles and stays at most half a minute with this draw of chance
        assert delivery.counts["calls"] < 16
        await here.api._http.start(port)
        await here.time.passing(sending)
        assert here.said(chat) == ["one"]
        assert delivery.counts["resent"] == 0


async def test_a_server_error_is_waited_out_however_long_it_lasts(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        here.api.fault(Status(500, "Internal Server Error"), method="sendMessage", times=12)
        began = here.time.now
        await here.time.passing(here.delivery().send("update-1", chat.id, texts("one")))
        assert here.said(chat) == ["one"]
        assert here.time.now - began > 120


async def test_what_is_too_old_fails_with_an_incident(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        await here.plan("old", chat, *texts("yesterday's"))
        await here.time.pass_until(here.time.now + 3600)
        await here.plan("new", chat, *texts("today's"))
        resumed = await here.time.passing(here.delivery(Limits(stale=timedelta(minutes=30))).resume())
        assert (resumed.sent, resumed.failed, resumed.too_old) == (1, 0, 1)
        assert here.said(chat) == ["today's"]
        assert (await here.row("old")).reason == "too old"
        assert await here.incidents() == ["delivery: failed"]


async def test_a_permanent_refusal_deletes_the_parts_before_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        here.api.fault(Status(400, 'Bad Request: SOMETHING_NEW "слова"'), method="sendMessage", skip=2)
        with pytest.raises(DeliveryFailed, match="bad request"):
            await here.time.passing(here.delivery().send("update-1", chat.id, texts("one", "two", "three")))
        assert here.said(chat) == []
        assert (await here.row("update-1")).state == "failed"


async def test_a_cancelled_send_notes_the_call_that_was_on_its_way(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, hold = here.person(), Hold()
        here.api.fault(hold, method="sendMessage")
        sending = asyncio.create_task(here.delivery().send("update-1", chat.id, texts("one", "two")))
        await hold.begun.wait()
        sending.cancel()
        hold.release()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert [part.state for part in (await here.row("update-1")).parts] == ["sent", "pending"]
        await here.time.passing(here.delivery().send("update-1", chat.id, texts("one", "two")))
        assert here.said(chat) == ["one", "two"]


async def test_a_rejected_token_loses_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as here, ptb_bot(here.api) as bot:
        chat = here.person()
        here.api.fault(Status(401, "Unauthorized"))
        with pytest.raises(TokenRejected):
            await here.delivery(bot=bot).send("update-1", chat.id, texts("one"))
        await here.delivery().resume()
        assert here.said(chat) == ["one"]


async def test_a_start_with_a_rejected_token_does_not_wait_for_the_other_deliveries(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        one, two, hold = here.person(), here.person(), Hold()
        await here.plan("update-1", one, *texts("x"))
        await here.plan("update-2", two, *texts("y"))
        here.api.fault(hold, method="sendMessage", chat=one)
        here.api.fault(Status(401, "Unauthorized"), method="sendMessage", chat=two)
        with pytest.raises(TokenRejected):
            await here.delivery().resume()
        hold.release()
        await here.time.comes(lambda: _is_sent(here, "update-1"))
        assert (await here.row("update-2")).state == "pending"


async def _is_sent(here: Stage, key: str) -> bool:
    return (await here.row(key)).state == "sent"


async def test_a_delivery_without_parts_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        with pytest.raises(ValueError, match="needs a part"):
            await here.delivery().send("update-1", here.person().id, [])
        part = PlannedPart(method="sendDocument", payload={"document": "x"})
        with pytest.raises(ValueError, match="cannot be an edit"):
            await here.delivery().edit("update-2", 1, [1], [part])
