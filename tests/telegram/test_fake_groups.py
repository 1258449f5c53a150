"""Groups, forums and channels: what the bot hears, where it may speak, and what happens when things change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.telegram.fake import FakeTelegram, FloodLimits
from tests.telegram.fake.ptb import ptb_bot

if TYPE_CHECKING:
    from tests.telegram.fake.errors import Json


def heard(api: FakeTelegram) -> list[Json]:
    """The updates that wait, which are then forgotten."""
    updates = list(api.bot.updates.pending.values())
    api.bot.updates.pending.clear()
    return updates


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.supergroup("News", ali)
        said = await bot.send_message(group.id, "hello")
        heard(api)
        api.say(ali, group, "https://example.org/a")
        api.say(ali, group, "/digest@other_bot")
        assert heard(api) == []
        for text in ("/digest https://a.org", "/digest@Khabar_test_bot", "look @khabar_test_bot"):
            api.say(ali, group, text)
        api.say(ali, group, "and this?", reply_to=group.messages[said.message_id])
        assert [update["message"]["text"] for update in heard(api)] == [
            "/digest https://a.org", "/digest@Khabar_test_bot", "look @khabar_test_bot", "and this?",
        ]  # fmt: skip
        api.promote(group)
        api.say(ali, group, "https://example.org/b")
        assert [list(update)[1] for update in heard(api)] == ["my_chat_member", "message"]


async def test_without_privacy_mode_a_bot_hears_all() -> None:
    async with FakeTelegram(privacy=False) as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.group("News", ali)
        heard(api)
        api.say(ali, group, "https://example.org/a")
        assert len(heard(api)) == 1
        assert (await bot.get_me()).can_read_all_group_messages is True


async def test_coming_and_going_reaches_the_bot() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali, omid = api.user("Ali"), api.user("Omid")
        group = api.group("News", ali)
        updates = heard(api)
        change = updates[0]["my_chat_member"]
        assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
        assert updates[1]["message"]["new_chat_members"][0]["id"] == api.bot.user.id
        api.join(group, omid)
        assert (await bot.get_chat_member(group.id, omid.id)).status == "member"
        assert await bot.get_chat_member_count(group.id) == 3
        assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [ali.id]
        api.kick(group)
        with pytest.raises(Forbidden, match="Forbidden: bot was kicked from the group chat"):
            await bot.send_message(group.id, "x")
        api.join(group)
        await bot.send_message(group.id, "x")
        await bot.leave_chat(group.id)
        with pytest.raises(Forbidden, match="Forbidden: bot is not a member of the group chat"):
            await bot.send_message(group.id, "x")
        assert not api.violations


async def test_a_restricted_bot_may_not_write() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        group = api.supergroup()
        api.restrict(group)
        with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
            await bot.send_message(group.id, "x")
        api.kick(group)
        with pytest.raises(Forbidden, match="Forbidden: bot was kicked from the supergroup chat"):
            await bot.send_message(group.id, "x")


async def test_a_group_that_became_a_supergroup_says_where_it_went() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.group("News", ali)
        heard(api)
        new = api.migrate(group)
        assert [update["message"].get("migrate_to_chat_id") for update in heard(api)] == [new.id, None]
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(group.id, "x")
        assert moved.value.new_chat_id == new.id
        assert api.asked("sendMessage")[0].description == "Bad Request: group chat was upgraded to a supergroup chat"
        await bot.send_message(new.id, "x")


async def test_topics() -> None:
    async with FakeTelegram(limits=FloodLimits.unlimited()) as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        forum = api.supergroup("News", ali, forum=True)
        kabul = api.topic(forum, "Kabul")
        api.say(ali, forum, "/digest", thread=kabul)
        update = heard(api)[-1]["message"]
        assert (update["message_thread_id"], update["is_topic_message"]) == (kabul, True)
        sent = await bot.send_message(forum.id, "x", message_thread_id=kabul)
        assert sent.message_thread_id == kabul
        api.close_topic(forum, kabul)
        with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
            await bot.send_message(forum.id, "x", message_thread_id=kabul)
        api.reopen_topic(forum, kabul)
        await bot.send_message(forum.id, "x", message_thread_id=kabul)
        api.delete_topic(forum, kabul)
        for thread in (kabul, 1):
            with pytest.raises(BadRequest, match="Message thread not found"):
                await bot.send_message(forum.id, "x", message_thread_id=thread)
        await bot.send_chat_action(forum.id, "typing", message_thread_id=1)
        assert not api.violations


async def test_a_reply_s_thread_in_a_group_without_topics_is_no_topic() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        group = api.supergroup("News", ali)
        first = api.say(ali, group, "https://example.org/a")
        api.say(ali, group, "/digest", reply_to=first)
        update = heard(api)[-1]["message"]
        assert update["message_thread_id"] == first.id
        assert "is_topic_message" not in update
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(group.id, "x", message_thread_id=first.id)


async def test_channels_take_posts_of_administrators_only() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        channel = api.channel("News", api.user("Ali"), username="khabar_news")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(channel.id, "x")
        api.join(channel)
        with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
            await bot.send_message(channel.id, "x")
        api.promote(channel)
        sent = await bot.send_message("@khabar_news", "x")
        assert sent.sender_chat is not None
        heard(api)
        api.edit(api.post(channel, "https://example.org/a"), "https://example.org/b")
        assert [list(update)[1] for update in heard(api)] == ["channel_post", "edited_channel_post"]
        assert (await bot.get_chat(channel.id)).title == "News"
