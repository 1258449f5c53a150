"""Messages that are changed: parts for parts, the rest deleted or sent, and what cannot be edited is sent anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.telegram.delivery_stage import PTB_SAYS, buttons, rich, stage, texts
from tests.telegram.fake import DropAfter, Status

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


@pytest.mark.parametrize(
    ("before", "after"),
    [(["a"], ["b"]), (["a", "b", "c"], ["d"]), (["a"], ["b", "c", "d"]), (["a", "b"], ["c", "d"])],
)
async def test_parts_take_the_place_of_messages(tmp_path: Path, before: list[str], after: list[str]) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await here.time.passing(delivery.send("update-1", chat.id, texts(*before), keyboard=buttons("old")))
        new = await here.time.passing(
            delivery.edit("update-2", chat.id, old.message_ids, texts(*after), buttons("new"))
        )
        messages = here.api.messages(chat)
        assert [message.plain for message in messages] == after
        assert new.message_ids == tuple(message.id for message in messages)
        assert new.message_ids[: len(before)] == old.message_ids[: len(after)]
        markups = [message.markup for message in messages]
        assert markups == [None] * (len(after) - 1) + [buttons("new")]
        again = await delivery.edit("update-2", chat.id, old.message_ids, texts(*after), buttons("new"))
        assert again == new


async def test_an_edit_that_changes_nothing_is_done(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await delivery.send("update-1", chat.id, texts("same"))
        assert await delivery.edit("update-2", chat.id, old.message_ids, texts("same")) == old
        assert (await here.row("update-2")).state == "sent"


async def test_an_edit_whose_answer_was_lost_is_made_again_without_a_copy(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await delivery.send("update-1", chat.id, texts("a"))
        here.api.fault(DropAfter(), method="editMessageText", times=3)
        assert await here.time.passing(delivery.edit("update-2", chat.id, old.message_ids, texts("b"))) == old
        assert here.said(chat) == ["b"]
        assert delivery.counts["resent"] == 0


async def test_a_message_that_is_gone_is_sent_anew_with_those_below_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await here.time.passing(delivery.send("update-1", chat.id, texts("a", "b", "c", "d")))
        here.api.erase(chat.messages[old.message_ids[1]])
        new = await here.time.passing(
            delivery.edit("update-2", chat.id, old.message_ids, texts("A", "B", "C"), buttons())
        )
        messages = here.api.messages(chat)
        assert [message.plain for message in messages] == ["A", "B", "C"]
        assert new.message_ids == tuple(message.id for message in messages)
        assert new.message_ids[0] == old.message_ids[0]
        assert messages[-1].markup == buttons()


async def test_a_message_too_old_to_edit_is_sent_anew_even_if_it_cannot_be_deleted(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await delivery.send("update-1", chat.id, texts("a"))
        here.api.age(chat.messages[old.message_ids[0]], 72)
        here.api.fault(Status(400, "Bad Request: message can't be edited"), method="editMessageText")
        new = await here.time.passing(delivery.edit("update-2", chat.id, old.message_ids, texts("b")))
        assert here.said(chat) == ["a", "b"]
        assert new.message_ids == (here.api.messages(chat)[-1].id,)
        assert (await here.row("update-2")).state == "sent"


async def test_text_becomes_rich_and_on_an_older_server_stays_text(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        old = await delivery.send("update-1", chat.id, texts("a"))
        await delivery.edit("update-2", chat.id, old.message_ids, rich("<p>b</p>"), fallback=texts("plain"))
        assert here.said(chat) == ["b"]
        # an older server passes over the parameter that it does not know
        here.api.fault(Status(400, "Bad Request: message text is empty"), method="editMessageText")
        await here.time.passing(
            delivery.edit("update-3", chat.id, old.message_ids, rich("<p>c</p>"), fallback=texts("plain", "more"))
        )
        assert here.said(chat) == ["plain", "more"]
        assert not await delivery.rich()
