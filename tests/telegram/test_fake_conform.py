"""What the server itself says, updates and answers alike, fits the machine-readable Bot API where that is present."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.fake import FakeTelegram, FloodLimits
from tests.telegram.fake.ptb import ask
from tests.telegram.fake.server import BOT_API

RICH = (
    "<h1>T</h1><p>a <b>b</b> <a href='https://a.org'>l</a> <a name='x'></a><a href='#x'>y</a></p>"
    "<hr/><ol start='3'><li>1</li></ol>"
    "<details open><summary>s</summary>in<ul><li>x</li></ul></details><blockquote>q<cite>c</cite></blockquote><footer>f</footer>"
    "<table bordered striped><caption>c</caption><tr><th colspan='2'>h</th></tr>"
    "<tr><td>1</td><td align='right'>2</td></tr></table>"
    "<aside>p<cite>c</cite></aside><tg-math-block>x</tg-math-block><tg-time unix='1' format='D'>t</tg-time><pre>1</pre>"
)


@pytest.fixture(autouse=True)
def _bot_api_is_there() -> None:
    if not BOT_API.exists():
        pytest.skip("no evaluation data: the machine-readable Bot API is not beside the project")


async def test_every_update_fits() -> None:
    async with FakeTelegram(limits=FloodLimits.unlimited(), privacy=False) as api:
        api.bot.updates.allowed = [
            "message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member",
            "callback_query", "inline_query", "chosen_inline_result",
        ]  # fmt: skip
        ali, omid = api.user("Ali", username="ali_reads", language="fa"), api.user("Omid", language=None)
        chat, group = api.private(ali), api.group("Family", ali, omid)
        forum, channel = api.supergroup("News", ali, forum=True), api.channel("News", ali)
        link = [{"type": "text_link", "offset": 0, "length": 2, "url": "https://a.org"}]
        first = api.say(ali, chat, "😀 /start https://a.org")
        api.edit(first, "changed")
        for origin in (channel, omid, "Hidden"):
            api.forward(ali, chat, "see", entities=link, origin=origin)
        api.forward(ali, chat, caption="see", entities=link)
        api.send_document(ali, chat, b"x", "a.txt", "text/plain", caption="see")
        thread = api.topic(forum, "Kabul")
        api.say(omid, forum, "hi", thread=thread, reply_to=api.say(ali, forum, "one", thread=thread))
        api.close_topic(forum, thread)
        api.join(channel)
        api.promote(channel)
        api.edit(api.post(channel, "post"), "changed")
        api.promote(group)
        api.restrict(group, omid)
        api.kick(group, omid)
        api.demote(group)
        api.leave(group, ali)
        api.migrate(group)
        api.block(ali)
        api.unblock(ali)
        keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
        await ask(api, "sendRichMessage", chat_id=chat.id, rich_message={"html": RICH}, reply_markup=keyboard)
        rich = await api.expect(chat, "T")
        api.press(rich.button("a"), ali)
        api.erase(rich)
        api.press(rich.button("a"), ali)
        query = api.inline(ali, "https://a.org")
        content = {"rich_message": {"html": RICH}}
        result = {
            "type": "article",
            "id": "1",
            "title": "T",
            "input_message_content": content,
            "reply_markup": keyboard,
        }
        await ask(api, "answerInlineQuery", inline_query_id=query.id, results=[result])
        api.choose(query, "1", chat)
        updates = list(api.bot.updates.pending.values())
        assert {kind for update in updates for kind in update} == {"update_id", *api.bot.updates.allowed}
        assert [flaw for update in updates for flaw in api.knows(Update=update)] == []
        assert not api.violations


@pytest.mark.parametrize(
    ("method", "params", "kind"),
    [
        ("getMe", {}, "User"),
        ("getWebhookInfo", {}, "WebhookInfo"),
        ("getChat", {"chat_id": "private"}, "ChatFullInfo"),
        ("getChat", {"chat_id": "group"}, "ChatFullInfo"),
        ("getChatMember", {"chat_id": "group", "user_id": "private"}, "ChatMember"),
        ("getChatAdministrators", {"chat_id": "group"}, "[ChatMember]"),
        ("sendMessage", {"chat_id": "private", "text": "hi https://a.org"}, "Message"),
        ("sendRichMessage", {"chat_id": "group", "rich_message": {"html": RICH, "is_rtl": True}}, "Message"),
        ("getFile", {"file_id": "file"}, "File"),
        ("sendDocument", {"chat_id": "private", "document": "file", "caption": "c"}, "Message"),
        ("getMyDescription", {}, "BotDescription"),
        ("getMyShortDescription", {}, "BotShortDescription"),
        ("getMyName", {}, "BotName"),
    ],
)
async def test_every_answer_fits(method: str, params: dict[str, Any], kind: str) -> None:
    async with FakeTelegram() as api:
        ali = api.user("Ali", username="ali_reads")
        file = api.send_document(ali, api.private(ali), b"x", "a.txt", "text/plain").content["document"]["file_id"]
        known: dict[str, Any] = {"private": ali.id, "group": api.group("Family", ali).id, "file": file}
        filled = {name: known.get(value, value) if isinstance(value, str) else value for name, value in params.items()}
        answer = await ask(api, method, **filled)
        assert answer["ok"], answer
        assert api.knows(**{kind: answer["result"]}) == []
