"""A private chat with the bot, scripted: everything that can be sent and pressed there, with restarts in between."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx import Document

from bot.i18n import say
from bot.intents import MAX_LINKS
from bot.render.labels import labels
from pipelines.digest import MIN_WORDS
from pipelines.languages import Language
from tests.telegram.stage import article, html, learnt, unused_port
from tests.unit.fetch.pdf_maker import column, make_pdf

if TYPE_CHECKING:
    from tests.telegram.fake import Message
    from tests.telegram.stage import Talk

FRENCH = "Le ministre a déclaré lundi que les négociations se poursuivraient dans la capitale malgré la crise. " * 12
WALL = "<html><head><title>Sign in</title></head><body><p>Please log in or subscribe to continue reading.</p></body></html>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CUT = 4_096
"""Where Telegram's clients cut a paste."""


def names(speech: Language) -> tuple[str, str, str]:
    """Golden articles in the reader's own language."""
    first, second, third = (f"{speech.value}_{number}" for number in (1, 2, 3))
    return first, second, third


async def begins(talk: Talk) -> Message:
    """Greetings, a link, and the buttons of its digest, with a restart between asking and pressing."""
    first, _, _ = names(talk.speech)
    await talk.says("/start", "welcome")
    await talk.says("/help", "help", bot="@khabar_test_bot")
    await talk.says("سلام", "nothing-to-do")
    talk.heard = talk.stage.api.say(talk.user, talk.chat, talk.stage.site.url(f"/{first}"))
    await talk.shows("drafts", talk.words("fetching", host="127.0.0.1"))
    digest = await talk.digest(first)
    await talk.stage.restart()
    await presses(talk, digest)
    return digest


async def presses(talk: Talk, digest: Message) -> None:
    """Every button, twice where twice must be harmless."""
    first, _, _ = names(talk.speech)
    heading = labels(talk.speech)["original"]
    shortened = digest.text
    await talk.answered(talk.press(digest, "button-shorter"))
    await talk.stage.api.expect(talk.chat, lambda one: one.id == digest.id and len(one.text) < len(shortened))
    await talk.answered(talk.press(digest, "button-longer"))
    await talk.becomes(digest, *(line for line in shortened.splitlines()[2:5]))
    await talk.answered(talk.press(digest, "button-longer"))
    await talk.stage.api.expect(talk.chat, lambda one: one.id == digest.id and len(one.text) > len(shortened))
    await talk.answered(talk.press(digest, "button-sources"))
    await talk.becomes(digest, heading)
    assert digest.button(talk.words("button-back")).data
    await talk.answered(talk.press(digest, "button-back"))
    await talk.becomes(digest, labels(talk.speech)["key_actors"])
    await talk.answered(talk.press(digest, "button-original"), "already-shown")
    unreached = Language.PASHTO if talk.speech is not Language.PASHTO else Language.RUSSIAN
    await talk.answered(talk.press(digest, f"lang-{unreached.value}"), "no-translation", language=unreached)
    await talk.answered(talk.press(digest, "button-up"), "thanks-feedback")
    await talk.answered(talk.press(digest, "button-up"), "thanks-feedback")
    await talk.answered(talk.press(digest, "button-down"), "thanks-feedback")
    await talk.answered(talk.press(digest, "button-wrong-name"), "thanks-feedback")
    asked = await talk.is_told("feedback-note-ask")
    talk.stage.api.say(talk.user, talk.chat, "Kabulov", reply_to=asked)
    await talk.is_told("feedback-noted")
    assert not any(one.text == talk.words("button-wrong-translation") for one in digest.buttons), first


async def sends(talk: Talk) -> None:
    """Everything that may be an article."""
    api, site, (first, second, third) = talk.stage.api, talk.stage.site, names(talk.speech)
    talk.heard = api.say(talk.user, talk.chat, f"{site.url(f'/{second}')} {site.url(f'/{third}')}")
    start = talk.heard
    await talk.digest(second)
    talk.heard = start
    await talk.digest(third)
    talk.heard = api.say(talk.user, talk.chat, article(first))
    await talk.digest(first)
    # a paste in three pieces, of which the middle ones are as long as Telegram lets them be
    pieces = cut("\n".join([article(second)] + [article(third).partition("\n")[2]] * 6))
    assert len(pieces) >= 3
    for piece in pieces:
        talk.heard = api.say(talk.user, talk.chat, piece)
    await talk.digest(second)
    posted = "★ Khabar news"
    link = [{"type": "text_link", "offset": 2, "length": 6, "url": site.url(f"/{third}")}]
    talk.heard = api.forward(talk.user, talk.chat, posted, entities=link, origin=api.channel("News"))
    await talk.digest(third)
    caption = f"{site.url(f'/{first}')} !"
    talk.heard = api.forward(talk.user, talk.chat, caption=caption)
    await talk.digest(first)
    for name, mime, data in files(second):
        talk.heard = api.send_document(talk.user, talk.chat, data, name, mime)
        await talk.hears(lambda one: bool(one.buttons))


def files(name: str) -> list[tuple[str, str, bytes]]:
    """The article as a file of each kind."""
    text = article(name)
    document, out = Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(out)
    english = article("en_2")  # letters of a PDF stand in the order they are drawn in
    words = english.split()
    lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    return [
        ("a.txt", "text/plain", text.encode()),
        ("a.html", "text/html", html(text).encode()),
        ("a.docx", DOCX, out.getvalue()),
        ("a.pdf", "application/pdf", make_pdf([column(lines)], Title="Report")),
    ]


def cut(text: str) -> list[str]:
    """A paste as Telegram's clients cut it: at the last paragraph's end that fits."""
    pieces = []
    while len(text) > CUT:
        at = text.rindex("\n\n", 0, CUT)
        pieces.append(text[:at])
        text = text[at:].lstrip()
    return [*pieces, text]


async def fails(talk: Talk) -> None:
    """What is no article, and what is said of it."""
    api, site = talk.stage.api, talk.stage.site
    short = " ".join(article(names(talk.speech)[0]).split()[:40])
    await talk.says(short, "error-too-short", words=40, needed=MIN_WORDS)
    await talk.says(f"http://127.0.0.1:{unused_port()}/a", "error-unreachable", host="127.0.0.1")
    await talk.says(site.url("/none"), "error-http-status", status=404, host="127.0.0.1")
    await talk.says(site.put("/pay", "", 403), "error-http-status", status=403, host="127.0.0.1")
    await talk.says(site.put("/wall", WALL), "error-login-wall")
    await talk.says("http://10.1.2.3/a", "error-forbidden-address")
    await talk.says(FRENCH, "error-unknown-language")
    talk.heard = api.send_photo(talk.user, talk.chat)
    await talk.is_told("only-photo")
    voice = {"voice": {"file_id": "AwAD", "file_unique_id": "AgAD", "duration": 3}}
    talk.heard = api._arrive(talk.chat, talk.user, voice, "")
    await talk.is_told("voice-or-video")
    talk.heard = api.send_document(talk.user, talk.chat, b"x", "a.txt", "text/plain", size=30_000_000)
    await talk.is_told("error-file-too-big", most=20)
    talk.heard = api.send_document(talk.user, talk.chat, b"\x89PNG\r\n\x1a\n" + bytes(90), "a.png", "image/png")
    await talk.is_told("error-unsupported-type")
    many = " ".join(site.url(f"/none{number}") for number in range(MAX_LINKS + 1))
    await talk.says(many, "error-too-many-links", most=MAX_LINKS)
    for _ in range(MAX_LINKS):
        await talk.is_told("error-http-status", status=404, host="127.0.0.1")


async def chooses(talk: Talk) -> None:
    """The bot's language, length and languages of digests; counts."""
    other = Language.RUSSIAN if talk.speech is not Language.RUSSIAN else Language.ENGLISH
    asked = await talk.says("/language", "language-ask")
    talk.stage.api.press(asked.button(other.names.native), talk.user)
    await talk.becomes(asked, say(other, "language-set", language=other))
    own, talk.speech = talk.speech, other
    await talk.says("/help", "help", bot="@khabar_test_bot")
    asked = await talk.says("/language", "language-ask")
    talk.speech = own
    talk.stage.api.press(asked.button(own.names.native), talk.user)
    await talk.becomes(asked, talk.words("language-set", language=own))
    asked = await talk.says("/length", "length-ask")
    query = talk.press(asked, "length-short")
    await talk.answered(query, "saved")
    await talk.becomes(asked, talk.words("length-set", length="short"))
    asked = await talk.says("/languages", "languages-ask")
    await talk.answered(talk.press(asked, "lang-fa"), "saved")
    await talk.stage.api.expect(talk.chat, lambda one: one.id == asked.id and one.button("fa").text.startswith("✓"))
    await talk.answered(talk.press(asked, "lang-fa"), "saved")
    await talk.stage.api.expect(talk.chat, lambda one: one.id != asked.id or not one.button("fa").text.startswith("✓"))
    await talk.answered(talk.press(asked, "button-done"), "saved")
    await talk.becomes(asked, talk.words("languages-set", languages=(own,)))
    await talk.says("/settings", "groups-command-only")


async def cancels(talk: Talk) -> None:
    """Work that is stopped, and a restart while work is under way."""
    api, site, (first, second, _) = talk.stage.api, talk.stage.site, names(talk.speech)
    await talk.says("/cancel", "nothing-to-cancel")
    site.put("/slow", html(article(first)))
    gate = site.gate("/slow")
    api.say(talk.user, talk.chat, site.url("/slow"))
    await site.visited("/slow")
    await talk.says("/cancel", "cancelled")
    gate.set()
    site.put("/later", html(article(second)))
    gate = site.gate("/later")
    talk.heard = api.say(talk.user, talk.chat, site.url("/later"))
    await site.visited("/later")
    talk.stage.stop_seconds, before = 0.2, talk.stage.stop_seconds
    await talk.stage.stop()
    talk.stage.stop_seconds = before
    await talk.stage.start()
    await site.visited("/later", 2)
    gate.set()
    await talk.digest(second)
    # half a paste, a restart, the other half
    api.say(talk.user, talk.chat, cut("\n".join([article(first)] * 4))[0])
    await api.acknowledged()
    await talk.stage.stop()
    talk.heard = api.say(talk.user, talk.chat, article(first).rstrip().rpartition("\n")[2])
    await talk.stage.start()
    await talk.digest(first)


async def reads_translations(talk: Talk) -> None:
    """An article that the installed models know by heart, in the reader's language at once, and in others on demand."""
    sentences = learnt()[:16]
    talk.heard = talk.stage.api.say(talk.user, talk.chat, "\n\n".join(sentences))
    made = labels(talk.speech)["machine_translation"]
    digest = await talk.hears(lambda one: made in one.text and bool(one.buttons))
    assert not any(sentence in digest.text for sentence in sentences)
    if talk.speech is Language.RUSSIAN:
        assert sum(sentence in digest.text for sentence in learnt("ru")) >= 2
    assert talk.words("button-wrong-translation") in [one.text for one in digest.buttons]
    await talk.answered(talk.press(digest, "button-original"))
    await talk.stage.api.expect(
        talk.chat, lambda one: one.id == digest.id and sum(sentence in one.text for sentence in sentences) >= 2
    )
    await talk.answered(talk.press(digest, "lang-ps"), "no-translation", language=Language.PASHTO)
    back = talk.press(digest, f"lang-{talk.speech.value}")
    await talk.answered(back)
    await talk.becomes(digest, made)
    await talk.answered(talk.press(digest, "button-wrong-translation"), "thanks-feedback")
    await talk.is_told("feedback-note-ask")


async def leaves(talk: Talk, digests: int) -> None:
    """Counts, what is stored, and that it can be deleted."""
    await talk.says("/stats", "stats-text", total=digests, today=digests)
    talk.heard = talk.stage.api.say(talk.user, talk.chat, "/privacy")
    asked = await talk.hears(
        lambda one: str(talk.user.id) in one.text and talk.words("privacy-text", **KEPT) in one.text
    )
    old = next(one for one in talk.stage.api.messages(talk.chat) if len(one.buttons) > 5)
    talk.press(asked, "privacy-delete-button")
    await talk.becomes(asked, talk.words("privacy-deleted"))
    await talk.answered(talk.stage.api.press(old.buttons[0], talk.user), "press-expired")
    await talk.says("/stats", "stats-text", total=0, today=0)


KEPT = {"digest_days": 90, "message_days": 7}
