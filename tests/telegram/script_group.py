"""Groups, inline queries and the owner, scripted: who asks is answered, who does not is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.render.labels import labels
from tests.telegram.fake import Button
from tests.telegram.script_private import KEPT, names
from tests.telegram.stage import Talk, article

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.fake import Chat, Message, User


def elsewhere(talk: Talk, user: User, chat: Chat) -> Talk:
    """Another person or another chat."""
    return Talk(stage=talk.stage, user=user, chat=chat, speech=talk.speech)


async def asks_inline(talk: Talk) -> None:
    """An address nobody has asked for becomes a button, the button a digest, and the digest a result."""
    api, site, (first, _, _) = talk.stage.api, talk.stage.site, names(talk.speech)
    site.pages["/inline"] = site.pages[f"/{first}"]
    nothing = await api.expect_answer(api.inline(talk.user, "what is it"))
    assert nothing["button"]["text"] == talk.words("inline-none")
    offered = await api.expect_answer(api.inline(talk.user, site.url("/inline")))
    assert offered["results"] == []
    assert offered["button"]["text"] == talk.words("inline-prepare")
    talk.heard = api.say(talk.user, talk.chat, f"/start {offered['button']['start_parameter']}")
    await talk.digest(first)
    found = api.inline(talk.user, site.url("/inline"), chat_kind="supergroup")
    (result,) = (await api.expect_answer(found))["results"]
    assert result["title"] == article(first).partition("\n")[0][:100]
    posted = api.choose(found, result["id"], api.supergroup("Elsewhere", talk.user, bot_inside=False))
    assert labels(talk.speech)["key_actors"] in posted.text
    talk.steps += 4


async def meets_a_group(talk: Talk, admin: User) -> None:
    """Asked by reply, link and mention; by nobody; by every link, once an admin has said so."""
    api, site, (first, second, third) = talk.stage.api, talk.stage.site, names(talk.speech)
    group = api.supergroup("Newsroom", admin, talk.user)
    ours, boss = elsewhere(talk, talk.user, group), elsewhere(talk, admin, group)
    await ours.is_told("welcome-group")
    bare = api.say(talk.user, group, "/digest")
    assert (await ours.is_told("digest-usage")).reply_to is bare
    linked = api.say(talk.user, group, site.url(f"/{first}"))
    ours.heard = asked = api.say(admin, group, "/digest", reply_to=linked)
    assert (await ours.digest(first)).reply_to is asked
    ours.heard = api.say(talk.user, group, f"/digest@khabar_test_bot {site.url(f'/{second}')}")
    await ours.digest(second)
    ours.heard = api.say(talk.user, group, f"@khabar_test_bot {site.url(f'/{third}')}")
    digest = await ours.digest(third)
    api.promote(group)  # from now on the bot hears everything
    api.say(talk.user, group, site.url(f"/{first}"))
    said = len(api.messages(group))
    await ours.says("/help", "help", bot="@khabar_test_bot")
    assert len(api.messages(group)) == said + 1, "nobody asked for that link"
    await _rules(ours, boss, digest)
    ours.heard = api.say(talk.user, group, f"! {site.url(f'/{second}')}")
    await ours.digest(second)
    talk.steps += ours.steps + boss.steps


async def _rules(ours: Talk, boss: Talk, digest: Message) -> None:
    """Settings that a member may not change and an admin may; who may press what somebody else asked for."""
    api = ours.stage.api
    stranger = api.user("Stranger", language=ours.user.language_code)
    await ours.says("/settings", "group-admins-only")
    boss.heard = api.say(boss.user, boss.chat, "/settings")
    asked = await boss.hears(boss.words("presses-ask"))
    await ours.answered(ours.press(asked, "button-auto-on"), "group-admins-only")
    await boss.answered(boss.press(asked, "presses-asker"), "saved")
    await boss.answered(boss.press(asked, "button-auto-on"), "saved")
    await boss.becomes(asked, boss.words("group-auto-on"))
    await ours.answered(ours.press(digest, "button-sources", stranger), "press-not-yours")
    await ours.answered(ours.press(digest, "button-sources"))
    await ours.becomes(digest, labels(ours.speech)["original"])
    boss.heard = api.say(boss.user, boss.chat, "/settings")
    asked = await boss.hears(boss.words("presses-ask"))
    await boss.answered(boss.press(asked, "presses-admins"), "saved")
    await ours.answered(ours.press(digest, "button-back", stranger), "press-admins-only")
    await ours.answered(ours.press(digest, "button-back"), "press-admins-only")
    await ours.says("/privacy", "privacy-text", **KEPT)
    await boss.answered(boss.press(digest, "button-back"))
    await ours.becomes(digest, labels(ours.speech)["key_actors"])


async def moves(talk: Talk) -> None:
    """A topic is answered in the topic; a group that becomes a supergroup keeps its settings."""
    api, site, (first, second, third) = talk.stage.api, talk.stage.site, names(talk.speech)
    forum = api.supergroup("Forum", talk.user, forum=True)
    topic = api.topic(forum, "News")
    there = elsewhere(talk, talk.user, forum)
    there.heard = api.say(talk.user, forum, f"/digest {site.url(f'/{first}')}", thread=topic)
    digest = await there.digest(first)
    assert digest.thread_id == topic
    await there.answered(there.press(digest, "button-sources"))
    await there.becomes(digest, labels(talk.speech)["original"])
    small = api.group("Family", talk.user)
    api.promote(small)
    family = elsewhere(talk, talk.user, small)
    family.heard = api.say(talk.user, small, "/settings")
    asked = await family.hears(family.words("presses-ask"))
    await family.answered(family.press(asked, "button-auto-on"), "saved")
    site.pages["/moving"] = site.pages[f"/{third}"]
    gate = site.gate("/moving")
    api.say(talk.user, small, site.url("/moving"))
    await site.visited("/moving")
    moved = elsewhere(talk, talk.user, api.migrate(small))
    gate.set()
    await moved.digest(third)
    moved.heard = api.say(talk.user, moved.chat, site.url(f"/{second}"))
    await moved.digest(second)
    talk.steps += there.steps + family.steps + moved.steps


async def presses_what_is_not_there(talk: Talk, digest: Message) -> None:
    """Buttons of an older version, of another bot, of a digest that is gone, and of a message that is."""
    api = talk.stage.api
    for data in ("x", "0l1.ru", "1z1", "s:nonsense:1", "s:", "1n1.77", "1l1.xx", "\u202e"):
        await talk.answered(api.press(Button(message=digest, text="?", data=data), talk.user))
    gone = Button(message=digest, text="?", data="1lZZZZ.ru")
    await talk.answered(api.press(gone, talk.user), "press-expired")
    button = replace(next(one for one in digest.buttons if one.text == talk.words("button-sources")))
    api.erase(digest)
    await talk.answered(api.press(button, talk.user))
    await talk.hears(labels(talk.speech)["original"])  # what cannot be edited is said anew


async def goes_and_comes_back(talk: Talk) -> None:
    """Who blocks the bot gets nothing more; who unblocks it is answered again."""
    api, site, (first, _, _) = talk.stage.api, talk.stage.site, names(talk.speech)
    site.pages["/blocked"] = site.pages[f"/{first}"]
    gate = site.gate("/blocked")
    api.say(talk.user, talk.chat, site.url("/blocked"))
    await site.visited("/blocked")
    api.block(talk.user)
    await api.acknowledged()
    gate.set()
    api.unblock(talk.user)
    await talk.says("/start", "welcome")


async def rules(owner: Talk, other: Talk) -> None:
    """Each order of /admin; for anybody else it is no command."""
    api = owner.stage.api
    await other.says("/admin", "nothing-to-do")
    owner.heard = api.say(owner.user, owner.chat, "/admin")
    await owner.hears(owner.words("admin-access-open"))
    await owner.says("/admin allow 12345", "admin-allowed", id="12345")
    await owner.says("/admin remove 12345", "admin-removed", id="12345")
    await owner.says("/admin allow nobody", "admin-allow-usage")
    await owner.says("/admin quota person", "admin-quota-usage")
    await owner.says("/admin quota chat 400", "admin-quota-set")
    for order, key in (("errors", "admin-errors"), ("backends", "admin-backends"), ("models", "admin-models")):
        owner.heard = api.say(owner.user, owner.chat, f"/admin {order}")
        none = {"admin-errors": "admin-errors-none", "admin-models": "admin-models-none"}.get(key, key)
        await owner.hears(_opens_with({owner.words(key), owner.words(none)}))
    owner.heard = api.say(owner.user, owner.chat, "/admin nonsense")
    await owner.hears(owner.words("admin-unknown"))


def _opens_with(titles: set[str]) -> Callable[[Message], bool]:
    return lambda one: one.text.partition("\n")[0] in titles
