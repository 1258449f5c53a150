"""Answers, chat actions, drafts and progress: tried, and forgotten where they fail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Limits, PlannedPart, TokenRejected
from bot.storage.outbox import state
from tests.telegram.delivery_stage import PTB_SAYS, buttons, stage, texts
from tests.telegram.fake import DropBefore, Hold, Status

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


async def test_a_press_is_answered_once_and_too_late_is_no_error(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        assert chat.owner is not None
        await delivery.send("update-1", chat.id, texts("one"), keyboard=buttons())
        (message,) = here.api.messages(chat)
        query = here.api.press(message.buttons[0], chat.owner)
        here.api.fault(DropBefore(), method="answerCallbackQuery")
        assert await here.time.passing(delivery.answer(query.id, "ن" * 300, alert=True))
        assert query.answer is not None
        assert (len(query.answer["text"]), query.answer["show_alert"]) == (200, True)
        late = here.api.press(message.buttons[0], chat.owner)
        here.api.expire(late)
        assert not await delivery.answer(late.id)
        assert not here.api.violations


async def test_an_inline_query_is_answered(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        query = here.api.inline(here.api.user(), "https://example.org")
        result = {"type": "article", "id": "1", "title": "T", "input_message_content": {"message_text": "M"}}
        assert await here.delivery().answer_inline(query.id, [result], cache_time=0, is_personal=True)
        assert query.answer is not None
        assert query.answer["results"][0]["title"] == "T"


async def test_only_a_rejected_token_is_raised(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        delivery = here.delivery()
        here.api.fault(Status(500, "Internal Server Error"), method="sendChatAction")
        assert not await delivery.typing(here.person().id)
        here.api.fault(Status(401, "Unauthorized"), method="sendChatAction")
        with pytest.raises(TokenRejected):
            await delivery.typing(here.person().id)


async def test_a_draft_that_fails_switches_drafts_off_for_its_chat_for_a_while(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        one, two, delivery = here.person(), here.person(), here.delivery(Limits(drafts_off=60.0))
        here.api.fault(Status(400, "Bad Request: TEXTDRAFT_PEER_INVALID"), method="sendMessageDraft", chat=one)
        (part,) = texts("reading")
        assert not await delivery.draft(one.id, 1, part)
        assert not await delivery.draft(one.id, 1, part)
        assert await delivery.draft(two.id, 1, part)
        assert len(here.api.asked("sendMessageDraft")) == 2
        await here.time.pass_until(here.time.now + 61)
        assert await delivery.draft(one.id, 1, part)


async def test_a_server_without_drafts_is_asked_once_and_groups_never(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.api.forget("sendMessageDraft")
        delivery = here.delivery()
        for _ in range(3):
            assert not await delivery.draft(here.person().id, 1, *texts("reading"))
        assert not await delivery.draft(here.api.group().id, 1, *texts("reading"))
        assert len(here.api.asked("sendMessageDraft")) == 1


async def test_progress_in_a_private_chat_is_a_draft_that_is_renewed(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        progress = delivery.progress("update-1/progress", chat.id)
        await progress.start()
        await here.time.pass_until(here.time.now + 1)
        await progress.say("Reading")
        await here.time.pass_until(here.time.now + 50)
        drafts = [asked.params.get("text") for asked in here.api.asked("sendMessageDraft")]
        assert drafts == [None, "Reading", "Reading", "Reading"]
        assert await progress.end() is None
        await here.time.passing(delivery.send("update-1", chat.id, texts("digest")))
        await here.time.pass_until(here.time.now + 50)
        assert len(here.api.asked("sendMessageDraft")) == 4
        assert here.said(chat) == ["digest"]


async def test_progress_in_a_group_is_one_message_that_becomes_the_result(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group, delivery = here.api.group(), here.delivery()
        progress = delivery.progress("update-1/progress", group.id)
        await progress.start()
        await here.time.pass_until(here.time.now + 1)
        assert len(here.api.asked("sendChatAction")) == 1
        assert here.said(group) == []
        for step in range(40):
            await progress.say(f"Step {step}")
            await here.time.pass_until(here.time.now + 0.5)
        message_id = await progress.end()
        assert message_id is not None
        edits = [asked.params["text"] for asked in here.api.asked("editMessageText")]
        assert 4 <= len(edits) <= 8
        assert here.said(group) == [edits[-1]]
        await here.time.passing(delivery.edit("update-1", group.id, [message_id], texts("digest", "more")))
        assert here.said(group) == ["digest", "more"]


async def test_progress_goes_on_as_a_message_where_a_draft_fails(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        here.api.fault(Status(400, "Bad Request: x"), method="sendMessageDraft", skip=1)
        progress = delivery.progress("update-1/progress", chat.id)
        await progress.start()
        await here.time.pass_until(here.time.now + 1)
        await progress.say("Reading")
        await here.time.pass_until(here.time.now + 5)
        assert here.said(chat) == ["Reading"]
        message_id = await progress.end()
        assert message_id is not None
        assert await delivery.delete(chat.id, [message_id])
        assert here.said(chat) == []


async def test_a_second_run_after_a_crash_goes_on_with_the_same_progress_message(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group = here.api.group()
        for text in ("Reading", "Reading again"):
            progress = here.delivery().progress("update-1/progress", group.id)
            await progress.start()
            await progress.say(text)
            await here.time.pass_until(here.time.now + 10)
            if text == "Reading":
                assert progress._task is not None
                progress._task.cancel()  # the process dies
        assert len(here.api.messages(group)) == 1
        await progress.say("Translating")
        await here.time.pass_until(here.time.now + 10)
        assert here.said(group) == ["Translating"]
        await progress.end()


async def test_progress_that_waits_for_its_turn_does_not_come_after_the_result(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group, delivery = here.api.group(), here.delivery()
        # the chat is busy, so that the first message cannot go yet
        await here.time.passing(delivery.send("update-0", group.id, texts("a", "b")))
        progress = delivery.progress("update-1/progress", group.id)
        await progress.start()
        await progress.say("Reading")
        await here.api.expect_request("sendChatAction")

        async def planned() -> bool:
            async with here.database.connect() as connection:
                return await state(connection, "update-1/progress") is not None

        await here.time.comes(planned)
        assert await progress.end() is None
        await here.time.passing(delivery.resume())
        assert here.said(group) == ["a", "b"]


async def test_a_progress_message_on_its_way_at_the_end_is_still_known(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group, delivery, hold = here.api.group(), here.delivery(), Hold()
        here.api.fault(hold, method="sendMessage")
        progress = delivery.progress("update-1/progress", group.id)
        await progress.start()
        await progress.say("Reading")
        await hold.begun.wait()
        ending = asyncio.create_task(progress.end())
        await asyncio.sleep(0)
        hold.release()
        message_id = await ending
        assert message_id == here.api.messages(group)[0].id


async def test_a_draft_takes_text_only(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        with pytest.raises(ValueError, match="cannot be a draft"):
            await here.delivery().draft(here.person().id, 1, PlannedPart(method="sendDocument", payload={}))
