"""A channel's admin in private, scripted: from nothing to a channel that is on, with files in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

from bot.handlers.channels_words import digits
from bot.storage import chats, items, stories, subscriptions
from tests.telegram.stage import SLOW, article, unused_port

if TYPE_CHECKING:
    from bot.storage.subscriptions import Subscription
    from tests.telegram.fake import Chat, Message
    from tests.telegram.stage import Talk


def rss(title: str, *stories: str) -> str:
    """A feed."""
    items = "".join(
        f"<item><guid>{number}-{escape(title)}</guid><title>{escape(story)}</title>"
        f"<link>http://news.example/{number}</link><description>{escape(story)}</description>"
        "<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>"
        for number, story in enumerate(stories)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>http://news.example/</link><description>x</description>{items}</channel></rss>"
    )


def site_of(feed: str) -> str:
    """A front page that names its feed."""
    link = f'<link rel="alternate" type="application/rss+xml" title="News" href="{feed}">'
    return f"<!doctype html><html><head><title>Site</title>{link}</head><body><p>News</p></body></html>"


@dataclass(slots=True)
class Settings:
    """The message with the settings, and the presses on it."""

    talk: Talk
    message: Message

    async def press(self, label: str, *parts: str) -> None:
        """Press the button of this key, or of this label, and wait for what the message then holds."""
        talk = self.talk
        words = label if label.startswith("=") else talk.words(label)
        wanted = words.removeprefix("=")
        button = next((one for one in self.message.buttons if one.text.removeprefix("✓\u00a0").endswith(wanted)), None)
        assert button is not None, f"no {wanted!r} among {[one.text for one in self.message.buttons]}"
        await talk.answered(talk.stage.api.press(button, talk.user))
        await talk.becomes(self.message, *parts)

    async def refused(self, label: str, key: str) -> None:
        """Press a button, and be told why nothing happens."""
        await self.talk.answered(self.talk.press(self.message, label), key)

    async def typed(self, text: str, *parts: str) -> None:
        """Write an answer; from then on its reply is the message."""
        talk = self.talk
        talk.heard = talk.stage.api.say(talk.user, talk.chat, text)
        self.message = await talk.hears(lambda one: all(part in one.text for part in parts))

    async def marked(self, label: str, *, on: bool = True) -> None:
        """Wait until the button of this key is marked as chosen, or is not."""
        words = self.talk.words(label)

        def fits(one: Message) -> bool:
            named = [button.text for button in one.buttons if button.text.removeprefix("✓\u00a0") == words]
            return one.id == self.message.id and bool(named) and named[0].startswith("✓") == on

        await self.talk.stage.api.expect(self.talk.chat, fits, timeout=SLOW)
        self.talk.steps += 1


async def finds_a_channel(talk: Talk) -> tuple[Settings, Chat]:
    """Nothing at first; then a channel that the bot is let into, with a word on what to do next."""
    api = talk.stage.api
    await talk.says("/channels", "channels-no-chats")
    channel = api.channel("Khabar News", talk.user)
    api.promote(channel, by=talk.user)
    await talk.is_told("channels-greeting", name="Khabar News")
    message = await talk.says("/channels", "channels-list")
    settings = Settings(talk, message)
    await settings.press("=Khabar News", talk.words("channels-off"), talk.words("channels-feeds-count", count=0))
    return settings, channel


async def adds_feeds(settings: Settings) -> None:
    """A feed, a site that names one, a page that is none, an address where nothing is; removing one."""
    talk = settings.talk
    site, words = talk.stage.site, talk.words
    site.put("/wire-one", rss("First Wire", "Parliament votes on the budget", "Flood in the north"))
    site.put("/wire-two", rss("Second Wire", "Parliament passes the budget"))
    site.put("/site", site_of("/wire-two"))
    silent = f"http://127.0.0.1:{unused_port()}/x"
    await settings.press("button-feeds", words("channels-no-feeds"))
    await settings.press("button-add-feed", words("channels-ask-feeds"))
    await settings.typed(
        f"{site.url('/none')}\n{silent}\nhttp://10.0.0.1/feed\n{site.url('/en_1')}",
        words("channels-feeds-failed", count=4),
        words("channels-feed-refused", host="127.0.0.1", status=404),
        words("channels-feed-silent", host="127.0.0.1"),
        words("channels-feed-private"),
        words("channels-feed-none"),
        words("channels-again-or-cancel"),
    )
    await talk.stage.restart()
    await settings.typed(
        f"{site.url('/wire-one')}\n{site.url('/site')}",
        words("channels-feeds-added", count=2),
        "• First Wire",
        "• Second Wire",
        words("channels-feeds-count", count=2),
    )
    await settings.press("button-add-feed", words("channels-ask-feeds"))
    await settings.typed(site.url("/wire-one"), words("channels-feeds-known", count=1))
    await settings.press(f"={digits('2. ', talk.speech)}Second Wire", words("channels-feeds-count", count=1))
    await settings.press("button-to-settings", words("channels-off"))


async def chooses(settings: Settings) -> None:
    """Every setting, by button and by text, with texts that cannot be read."""
    talk = settings.talk
    words, speech = talk.words, talk.speech
    await settings.press("button-languages", words("channels-ask-languages"))
    own = f"lang-{speech.value}"
    await settings.press(own, words("channels-ask-languages"))  # the last language stays
    await settings.press("lang-fa", words("channels-ask-languages"))
    await settings.marked("lang-fa")
    await settings.press(own, words("channels-ask-languages"))
    await settings.marked(own, on=False)
    await settings.press("button-to-settings", words("channels-off"))
    await settings.press("button-when", words("channels-ask-when"))
    await settings.press("button-times", words("channels-ask-times"))
    await settings.typed("25:00", words("channels-bad-time", text="25:00"))
    await talk.stage.restart()
    await settings.typed(digits("7:15 19:45", speech), words("channels-times", times=digits("07:15 19:45", speech)))
    await settings.press("weekday-4", words("weekday-4"))
    await settings.marked("weekday-4")
    await settings.press("button-zone", words("channels-ask-zone"))
    await settings.typed("Nowhere", words("channels-bad-zone", text="Nowhere"))
    await settings.typed("asia/tehran", words("channels-zone", zone=words("zone-tehran")))
    await settings.press("button-live", words("channels-live"))
    await settings.press("button-quiet", words("channels-ask-quiet"))
    quiet = {"start": digits("23:00", speech), "end": digits("06:30", speech)}
    await settings.typed("23:00-06:30", words("channels-live-quiet", **quiet))
    await settings.press("button-at-times", words("channels-times", times=digits("08:00 18:00", speech)))
    await settings.press("button-to-settings", words("channels-off"))
    await settings.press("button-length", words("channels-ask-length"))
    await settings.press("length-long", words("channels-length", length="long"))
    await settings.press("button-items", words("channels-ask-most"))
    await settings.press(f"={digits('12', speech)}", words("channels-most", count=12))
    await settings.press("button-sources-least", words("channels-ask-least"))
    await settings.press(f"={digits('2', speech)}", words("channels-least", count=2))
    await settings.press("button-terms", words("channels-include-any"), words("channels-exclude-no"))
    await settings.press("button-include", words("channels-ask-include"))
    await settings.typed("budget, سیل\nмир", words("channels-include", terms="budget · سیل · мир"))
    await settings.press("button-exclude", words("channels-ask-exclude"))
    await settings.typed("sport", words("channels-exclude", terms="sport"))
    await settings.press("button-include", words("channels-ask-include"))
    await settings.press("button-no-terms", words("channels-include-any"))
    await settings.press("button-to-settings", words("channels-off"))
    await settings.press("button-heading", words("channels-ask-heading"))
    await settings.typed("Khabar 24", words("channels-heading", text="Khabar 24"))
    await settings.press("button-empty-say", words("channels-empty-said"))


async def turns_on(settings: Settings, channel: Chat) -> None:
    """A preview is offered first; without the right to post nothing is turned on."""
    talk, api = settings.talk, settings.talk.stage.api
    api.promote(channel, rights={"can_edit_messages"}, by=talk.user)
    await settings.refused("button-turn-on", "channels-cannot-post")
    api.promote(channel, by=talk.user)
    await settings.press("button-turn-on", talk.words("channels-ask-ready"))
    await settings.press("button-preview", talk.words("channels-preview-empty"))
    await settings.press("button-to-settings", talk.words("channels-off"))
    await settings.press("button-turn-on", talk.words("channels-ask-ready"))
    await settings.press("button-turn-on-now", "🟢")


async def loses_rights(settings: Settings, channel: Chat) -> None:
    """Who is no admin any more is refused, at a button and at an answer; who is one again goes on."""
    talk, api = settings.talk, settings.talk.stage.api
    await settings.press("button-heading", talk.words("channels-ask-heading"))
    api.demote(channel, talk.user, by=talk.user)
    talk.heard = api.say(talk.user, talk.chat, "Taken over")
    await talk.is_told("channels-not-admin")
    await settings.refused("button-to-settings", "channels-not-admin")
    await talk.says("/channels", "channels-no-chats")
    channel.members[talk.user.id].status = "creator"
    await settings.press("button-to-settings", talk.words("channels-heading", text="Khabar 24"))


async def brings_news(talk: Talk, feed_id: int, name: str) -> None:
    """A golden article comes by a feed and becomes a story, as the poller would have it."""
    now = datetime.now(UTC)
    title = article(name).partition("\n")[0]
    one = items.Incoming(
        identities=(f"g:{name}",),
        url=talk.stage.site.url(f"/{name}"),
        title=title,
        text="",
        language="en",
        published_at=now - timedelta(hours=1),
    )
    database = talk.stage.database()
    async with database.transaction() as tx:
        (number,) = (await items.store(tx, feed_id, [one], now=now)).new
        await stories.create(tx, number, title=title, language="en", features={}, keys=())
    await database.dispose()


async def kept(talk: Talk, chat: Chat) -> Subscription:
    """The channel's subscription as it is stored."""
    database = talk.stage.database()
    async with database.connect() as connection:
        found = await subscriptions.of_topic(connection, chat.id)
        assert await chats.get(connection, chat.id) is not None
    await database.dispose()
    assert found is not None
    return found
