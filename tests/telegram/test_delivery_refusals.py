"""What Telegram refuses is sent in another form, or ends with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import ChatGone, Delivery, DeliveryFailed, PlannedPart, TokenRejected
from bot.storage import chats, incidents, notes
from tests.telegram.delivery_stage import PTB_SAYS, Stage, buttons, rich, stage, texts
from tests.telegram.fake import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


async def test_a_group_that_became_a_supergroup_is_followed_with_all_that_was_planned(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group = here.api.group()
        async with here.database.transaction() as tx:
            await chats.chat(tx, group.id, kind="group", title="Family", now=here.time.wall())
        await here.plan("update-2", group, *texts("later"))
        new = here.api.migrate(group)
        delivery = here.delivery()
        await here.time.passing(delivery.send("update-1", group.id, texts("one", "two")))
        await here.time.passing(delivery.resume())
        await here.time.passing(delivery.send("update-3", group.id, texts("last")))
        assert here.said(new) == ["one", "two", "later", "last"]
        assert len([asked for asked in here.api.asked("sendMessage") if asked.chat_id == group.id]) == 1
        async with here.database.connect() as connection:
            moved = await chats.get(connection, group.id)
            assert moved is not None
            assert moved.moved_to == new.id


@pytest.mark.parametrize(
    ("happen", "reason"),
    [
        (lambda here, user, _: here.api.block(user), "blocked"),
        (lambda here, user, _: here.api.delete_account(user), "deleted"),
        (lambda here, _, group: here.api.kick(group), "kicked"),
    ],
)
async def test_a_chat_that_is_gone_ends_all_that_was_planned_for_it(
    tmp_path: Path, happen: Callable[..., None], reason: str
) -> None:
    async with stage(tmp_path) as here:
        person, group = here.person(), here.api.group()
        assert person.owner is not None
        happen(here, person.owner, group)
        chat = group if reason == "kicked" else person
        async with here.database.transaction() as tx:
            await chats.chat(tx, chat.id, kind="private", now=here.time.wall())
        await here.plan("update-2", chat, *texts("later"))
        with pytest.raises(ChatGone) as raised:
            await here.delivery().send("update-1", chat.id, texts("one"))
        assert raised.value.reason == reason
        assert (await here.row("update-2")).state == "failed"
        async with here.database.connect() as connection:
            kept = await chats.get(connection, chat.id)
            assert kept is not None
            assert kept.gone == reason
        with pytest.raises(ChatGone):
            await here.delivery().send("update-2", chat.id, texts("later"))
        assert len(here.api.asked("sendMessage")) == 1
        assert await here.incidents() == []


async def test_an_unknown_chat_is_gone(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        with pytest.raises(ChatGone):
            await here.delivery().send("update-1", -100_999, texts("one"))


async def test_a_deleted_topic_is_answered_outside_of_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        forum = here.api.supergroup(forum=True)
        topic = here.api.topic(forum, "News")
        here.api.delete_topic(forum, topic)
        await here.time.passing(here.delivery().send("update-1", forum.id, texts("one", "two"), topic_id=topic))
        assert [(one.plain, one.thread_id) for one in here.api.messages(forum)] == [("one", None), ("two", None)]
        assert len(here.api.asked("sendMessage")) == 3


async def test_a_closed_topic_ends_the_delivery_without_an_incident(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        forum = here.api.supergroup(forum=True)
        topic = here.api.topic(forum, "News")
        here.api.close_topic(forum, topic)
        with pytest.raises(DeliveryFailed, match="topic closed"):
            await here.delivery().send("update-1", forum.id, texts("one"), topic_id=topic)
        assert await here.incidents() == []


async def test_no_right_to_write_is_no_end_of_the_chat(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group = here.api.supergroup()
        here.api.restrict(group)
        with pytest.raises(DeliveryFailed, match="no right to write") as raised:
            await here.delivery().send("update-1", group.id, texts("one"))
        assert not isinstance(raised.value, ChatGone)


async def test_refused_markup_is_sent_as_plain_text_with_its_buttons_and_an_incident(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        broken = PlannedPart(
            method="sendMessage",
            payload={"text": "خبر مهم", "entities": [{"type": "text_link", "offset": 0, "length": 3}]},
        )
        await here.time.passing(here.delivery().send("update-1", chat.id, [broken], keyboard=buttons()))
        (message,) = here.api.messages(chat)
        assert message.plain == "خبر مهم"
        assert "entities" not in message.content
        assert message.markup is not None
        assert await here.incidents() == ["delivery: text refused"]


async def test_a_text_that_is_too_long_is_cut_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        long = " ".join(f"Sentence number {number} ends here." for number in range(300))
        parts = [*texts("head"), *texts(long), *texts("tail")]
        await here.time.passing(here.delivery().send("update-1", chat.id, parts, keyboard=buttons()))
        messages = here.api.messages(chat)
        assert (messages[0].plain, messages[-1].plain) == ("head", "tail")
        assert len(messages) > 4
        assert " ".join(message.plain for message in messages[1:-1]) == long
        assert [message.markup is not None for message in messages] == [False] * (len(messages) - 1) + [True]


async def test_refused_buttons_are_left_away_with_an_incident(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        await here.delivery().send("update-1", chat.id, texts("one"), keyboard=buttons("x" * 65))
        (message,) = here.api.messages(chat)
        assert (message.plain, message.markup) == ("one", None)
        assert await here.incidents() == ["delivery: buttons refused"]


async def test_what_is_refused_in_every_form_fails(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        here.api.fault(Status(400, "Bad Request: can't parse entities: x"), method="sendMessage", times=2)
        with pytest.raises(DeliveryFailed, match="markup"):
            await here.time.passing(here.delivery().send("update-1", chat.id, texts("one")))
        here.api.fault(Status(400, "Bad Request: BUTTON_DATA_INVALID"), method="sendMessage", times=2)
        with pytest.raises(DeliveryFailed, match="buttons"):
            await here.time.passing(here.delivery().send("update-2", chat.id, texts("one"), keyboard=buttons()))
        assert here.said(chat) == []
        assert here.api.faults_left == 0


async def _note(here: Stage) -> object:
    async with here.database.connect() as connection:
        return await notes.get(connection, "rich")


async def test_a_server_without_rich_messages_gets_the_fallback_and_is_asked_again_a_day_later(tmp_path: Path) -> None:
    async with stage(tmp_path, rich=False) as here:
        chat, delivery = here.person(), here.delivery()
        assert await delivery.rich()

        async def say(through: Delivery, key: str) -> None:
            plain = texts("plain one", "plain two")
            message = rich("<p>rich</p>")
            await here.time.passing(through.send(key, chat.id, message, fallback=plain, keyboard=buttons()))

        await say(delivery, "update-1")
        assert here.said(chat) == ["plain one", "plain two"]
        assert [message.markup is not None for message in here.api.messages(chat)] == [False, True]
        assert not await delivery.rich()
        later = here.delivery()  # a restart does not ask again
        await say(later, "update-2")
        assert len(here.api.asked("sendRichMessage")) == 1
        await here.time.pass_until(here.time.now + 86_401)
        here.api.world.unknown_methods.clear()
        await say(later, "update-3")
        assert here.said(chat)[-1] == "rich"
        assert await _note(here) is None
        assert await later.rich()


async def test_a_fallback_is_known_to_the_next_process_too(tmp_path: Path) -> None:
    async with stage(tmp_path, rich=False) as here:
        chat = here.person()
        here.api.fault(Status(401, "Unauthorized"), method=None)
        with pytest.raises(TokenRejected):
            # a method the server does not know comes before any fault, so the token is refused to the fallback
            await here.delivery().send("update-1", chat.id, rich("<p>rich</p>"), fallback=texts("plain"))
        await here.delivery().resume()
        assert here.said(chat) == ["plain"]


async def test_rich_messages_without_a_fallback_become_plain_text(tmp_path: Path) -> None:
    async with stage(tmp_path, rich=False) as here:
        chat = here.person()
        html = (
            "<h1>Title &amp; more</h1><table><tr><td><b>Kabulov</b></td><td>envoy</td></tr></table>"
            "<ul><li>5 &lt; 7</li></ul>"
        )
        await here.time.passing(here.delivery().send("update-1", chat.id, rich(html, "<p>two</p>"), keyboard=buttons()))
        assert here.said(chat) == ["Title & more\nKabulov — envoy\n5 < 7", "two"]
        assert [message.markup is not None for message in here.api.messages(chat)] == [False, True]


async def test_refused_rich_markup_takes_the_fallback_and_keeps_rich_messages_on(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        await delivery.send("update-1", chat.id, rich("<p>unclosed"), fallback=texts("plain"))
        assert here.said(chat) == ["plain"]
        assert await delivery.rich()
        assert await here.incidents() == ["delivery: text refused"]


async def test_incidents_hold_no_text_of_the_message(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        said = 'Bad Request: can\'t parse entities: Unsupported start tag "Тайна" at byte offset 5'
        here.api.fault(Status(400, said), method="sendMessage")
        await here.time.passing(here.delivery().send("update-1", chat.id, texts("one")))
        async with here.database.connect() as connection:
            (one,) = await incidents.recent(connection, limit=2)
        assert "start tag" in one.detail
        assert "Тайна".casefold() not in one.detail.casefold()
