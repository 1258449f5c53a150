"""``/channels`` over real HTTP in each language of the interface: from nothing to a channel that is on, through restarts."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, Final

import pytest

from bot.handlers.channels_words import digits
from bot.i18n import say
from bot.storage import subscriptions
from pipelines.languages import Language
from tests.telegram import script_channels as script
from tests.telegram.fake import Button
from tests.telegram.script_channels import Settings
from tests.telegram.stage import Talk, article, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.stage import Stage

CODES: Final = {"en": Language.ENGLISH, "ru": Language.RUSSIAN, "fa": Language.DARI, "ps": Language.PASHTO}


def talking(made: Stage, code: str = "en", name: str = "Zarghuna") -> Talk:
    user = made.api.user(name, language=code)
    return Talk(stage=made, user=user, chat=made.api.private(user), speech=CODES[code])


@pytest.mark.parametrize("code", CODES)
async def test_a_channel_is_set_up_from_nothing(code: str, tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk = talking(made, code)
        settings, channel = await script.finds_a_channel(talk)
        await settings.refused("button-turn-on", "channels-needs-feeds")
        await script.adds_feeds(settings)
        await script.chooses(settings)
        await script.turns_on(settings, channel)
        one = await script.kept(talk, channel)
        assert one.enabled
        assert one.due_at is not None
        assert one.languages == (Language.PERSIAN,)
        assert one.schedule.times == (time(8), time(18))
        assert one.schedule.weekdays == (4,)
        assert one.schedule.timezone == "Asia/Tehran"
        assert (one.length, one.most_items, one.least_sources) == ("long", 12, 2)
        assert (one.include, one.exclude, one.heading) == ((), ("sport",), "Khabar 24")
        assert one.say_when_empty
        assert one.created_by == talk.user.id
        await script.loses_rights(settings, channel)
        await settings.press("button-turn-off", talk.words("channels-off"))
        await settings.press("button-delete", talk.words("channels-ask-delete"))
        await settings.press("button-delete-really", talk.words("channels-deleted"), talk.words("channels-list"))
        await settings.press("=Khabar News", talk.words("channels-feeds-count", count=0))
        assert made.api.unanswered() == []


async def test_feeds_come_and_go_as_opml_after_a_question_that_survives_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api, site = talking(made), made.api, made.site
        settings, channel = await script.finds_a_channel(talk)
        site.put("/a.xml", script.rss("Wire A", "One"))
        site.put("/b.xml", script.rss("Wire B", "Two"))
        outline = "".join(
            f'<outline text="x" xmlUrl="{site.url(path)}"/>' for path in ("/a.xml", "/b.xml", "/gone.xml")
        )
        opml = f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outline}</body></opml>'.encode()
        await settings.press("button-feeds", talk.words("channels-no-feeds"))
        await settings.press("button-opml-in", talk.words("channels-ask-opml"))
        talk.heard = api.send_document(talk.user, talk.chat, b"not a list", "feeds.opml", "text/x-opml")
        await talk.is_told("channels-opml-bad")
        talk.heard = api.send_document(talk.user, talk.chat, opml, "feeds.opml", "text/x-opml")
        settings.message = await talk.is_told("channels-opml-found", count=3, fresh=3)
        old = settings.message.button(talk.words("button-add-all"))
        await made.restart()
        await settings.press(
            "button-add-all",
            talk.words("channels-feeds-added", count=2),
            "• Wire A",
            "• Wire B",
            talk.words("channels-feeds-failed", count=1),
            talk.words("channels-feed-refused", host="127.0.0.1", status=404),
        )
        await talk.answered(api.press(old, talk.user), "channels-expired")
        assert len((await script.kept(talk, channel)).feeds) == 2
        await settings.press("button-opml-out", talk.words("channels-feeds-count", count=2))
        sent = await talk.hears(lambda one: "document" in one.content)
        file = made.api.world.files[sent.content["document"]["file_id"]]
        assert file.name.endswith(".opml")
        assert site.url("/a.xml").encode() in file.data
        talk.heard = api.send_document(talk.user, talk.chat, file.data, "again.opml", "text/x-opml")
        await talk.is_told("channels-opml-empty", count=2)


async def test_all_settings_go_out_and_come_in_as_json_for_who_may(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        settings, channel = await script.finds_a_channel(talk)
        await settings.press("button-items", talk.words("channels-ask-most"))
        await settings.press("=20", talk.words("channels-most", count=20))
        await settings.press("button-back-to-list", talk.words("channels-list"))
        await settings.press("button-export-all", talk.words("channels-list"))
        sent = await talk.hears(lambda one: "document" in one.content)
        file = api.world.files[sent.content["document"]["file_id"]]
        said = json.loads(file.data)
        assert [one["chat"] for one in said["subscriptions"]] == [channel.id]
        assert said["subscriptions"][0]["most_items"] == 20
        foreign = api.channel("Foreign", api.user("Other"))
        said["subscriptions"][0] |= {"most_items": 3, "enabled": True}
        said["subscriptions"].append(said["subscriptions"][0] | {"chat": foreign.id})
        changed = json.dumps(said).encode()
        talk.heard = api.send_document(talk.user, talk.chat, changed, "khabar.json", "application/json")
        parts = (talk.words("channels-json-found", count=1), talk.words("channels-json-left-out", count=1))
        settings.message = await talk.hears(lambda one: all(part in one.text for part in parts))
        await settings.press("button-take-over", talk.words("channels-json-taken", count=1))
        one = await script.kept(talk, channel)
        assert one.most_items == 3
        assert not one.enabled, "what comes in is looked at before it is turned on"
        database = made.database()
        async with database.connect() as connection:
            assert await subscriptions.of_chat(connection, foreign.id) == []
        await database.dispose()
        # whoever administers none of the file's chats gets nothing out of it
        other = talking(made, name="Stranger")
        await other.says("/channels", "channels-no-chats")
        other.heard = api.send_document(other.user, other.chat, changed, "khabar.json", "application/json")
        await other.is_told("channels-json-foreign", count=2)
        other.heard = api.send_document(
            other.user, other.chat, b'{"format": "other"}', "khabar.json", "application/json"
        )
        await other.is_told("channels-json-bad")


async def test_buttons_of_somebody_elses_channel_do_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        settings, channel = await script.finds_a_channel(talk)
        number = (await script.kept(talk, channel)).id
        stranger = talking(made, name="Stranger")
        message = await stranger.says("/channels", "channels-no-chats")

        async def pressed(data: str, key: str = "") -> None:
            await stranger.answered(api.press(Button(message=message, text="?", data=data), stranger.user), key)

        for what in ("home", "feeds", "drop", "on", "off", "see", "gone", "opml", "take", "lang", "zone", "head"):
            await pressed(f"h:{what}:{number}:1", "channels-not-admin")
        await pressed(f"h:chat:{channel.id}:", "channels-not-admin")
        await pressed(f"h:whole:{channel.id}:", "channels-not-admin")
        await pressed(f"h:yes:{number}:", "channels-expired")
        await pressed("h:inyes:0:", "channels-expired")
        await pressed("h:home:999999999999:", "channels-gone")
        await pressed(f"h:chat:-{2**63}:", "channels-not-admin")
        for data in (
            "h:",
            f"h:chat:{2**63}:",
            f"h:chat:-{'9' * 40}:",
            "h:home",
            "h:home:x:",
            "h:home:1",
            "h:home:\u06f1:",
        ):
            await pressed(data)
        # and what no button of ours sends changes nothing for an admin either
        before = await script.kept(talk, channel)
        for data in (
            "lang:+xx",
            "day:+9",
            "kind:never",
            "zone:Mars/Phobos",
            "most:99",
            "least:0",
            "len:huge",
            "empty:",
            "x:",
        ):
            button = Button(
                message=settings.message, text="?", data=f"h:{data.partition(':')[0]}:{number}:{data.partition(':')[2]}"
            )
            await talk.answered(api.press(button, talk.user))
        await talk.says("/cancel", "nothing-to-cancel")
        assert await script.kept(talk, channel) == before


async def test_a_preview_shows_the_news_to_the_admin_alone(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        settings, channel = await script.finds_a_channel(talk)
        made.site.put("/wire-one", script.rss("Wire"))
        await settings.press("button-feeds", talk.words("channels-no-feeds"))
        await settings.press("button-add-feed", talk.words("channels-ask-feeds"))
        await settings.typed(made.site.url("/wire-one"), talk.words("channels-feeds-added", count=1))
        await script.brings_news(talk, (await script.kept(talk, channel)).feeds[0], "en_1")
        await settings.press("button-to-settings", talk.words("channels-off"))
        settings_message = settings.message
        await settings.press("button-preview", talk.words("channels-preview-below"))
        title = article("en_1").partition("\n")[0]
        news = await talk.hears(talk.words("issue-heading"))
        assert title in news.text
        assert "Wire" in news.text
        settings.message = await talk.hears(talk.words("channels-preview-over"))
        assert settings.message.id > news.id > settings_message.id
        await settings.press("button-turn-on-now", "🟢")
        assert api.messages(channel) == []
        assert made.messages_made(channel) == 0


@pytest.mark.parametrize("speech", CODES.values())
def test_what_answers_a_press_fits_into_an_alert(speech: Language) -> None:
    for key in ("not-admin", "gone", "expired", "needs-feeds", "cannot-post", "unknown-chat"):
        assert len(say(speech, f"channels-{key}")) <= 200, key


async def test_a_topic_is_set_up_from_inside_and_settings_come_in_private(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        forum = api.supergroup("Forum", talk.user, forum=True)
        topic = api.topic(forum, "News")
        there = Talk(stage=made, user=talk.user, chat=forum, speech=talk.speech)
        await there.is_told("welcome-group")
        member = api.user("Member")
        there.heard = api.say(member, forum, "/channels", thread=topic)
        await there.is_told("channels-not-admin")
        there.heard = api.say(talk.user, forum, "/channels", thread=topic)
        told = await there.is_told("channels-open-private")
        assert told.thread_id == topic
        await talk.says("/channels", "channels-list")
        there.heard = api.say(talk.user, forum, "/channels", thread=topic)
        await there.is_told("channels-sent-private")
        place = talk.words("channels-topic", name="Forum", id=str(topic))
        settings = Settings(talk, await talk.hears(lambda one: place in one.text))
        await settings.press("button-length", talk.words("channels-ask-length"))
        await settings.press("length-medium", talk.words("channels-length", length="medium"))
        await settings.press("button-back-to-list", talk.words("channels-list"))
        await settings.press("=Forum", talk.words("channels-topics", name="Forum"))
        await settings.press("button-whole-chat", talk.words("channels-off"))
        database = made.database()
        async with database.connect() as connection:
            found = {one.topic_id: one.length for one in await subscriptions.of_chat(connection, forum.id)}
        await database.dispose()
        assert found == {None: "short", topic: "medium"}


async def test_a_chat_is_found_by_name_number_and_post(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        owner = api.user("Owner")
        channel = api.channel("Daily", owner, username="dailynews")
        api.promote(channel, by=owner)
        api.promote(channel, talk.user, by=owner)
        settings = Settings(talk, await talk.says("/channels", "channels-no-chats"))
        await settings.press("button-find-chat", talk.words("channels-ask-chat"))
        await settings.typed("daily", talk.words("channels-bad-chat", text="daily"))
        await settings.typed("@unknownchannel", talk.words("channels-unknown-chat"))
        await settings.typed("@dailynews", "Daily", talk.words("channels-off"))
        other = talking(made, name="Stranger")
        message = Settings(other, await other.says("/channels", "channels-no-chats"))
        await message.press("button-find-chat", other.words("channels-ask-chat"))
        await message.typed(str(channel.id), other.words("channels-unknown-chat"))
        other.heard = api.forward(other.user, other.chat, "Post", origin=channel)
        await other.is_told("channels-unknown-chat")
        api.promote(channel, other.user, by=owner)
        other.heard = api.forward(other.user, other.chat, "Post", origin=channel)
        await other.hears(lambda one: "Daily" in one.text and bool(one.buttons))


async def test_an_open_question_ends_with_cancel_and_a_link_is_an_article_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk = talking(made)
        settings, _ = await script.finds_a_channel(talk)
        await settings.press("button-heading", talk.words("channels-ask-heading"))
        await made.restart()
        await talk.says("/cancel", "cancelled")
        await talk.says("سلام", "nothing-to-do")
        talk.heard = made.api.say(talk.user, talk.chat, made.site.url("/en_1"))
        await talk.digest("en_1")


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(tmp_path: Path) -> None:
    async with stage(tmp_path) as made:
        talk, api = talking(made), made.api
        await talk.says("/start", "welcome")
        group = api.group("Family", talk.user)
        await Talk(stage=made, user=talk.user, chat=group, speech=talk.speech).is_told("welcome-group")
        settings = Settings(talk, await talk.says("/channels", "channels-list"))
        await settings.press("=Family", talk.words("channels-off"))
        moved = api.migrate(group)
        await api.acknowledged()
        await settings.press("button-items", talk.words("channels-ask-most"))
        await settings.press(f"={digits('5', talk.speech)}", talk.words("channels-most", count=5))
        assert (await script.kept(talk, moved)).most_items == 5
