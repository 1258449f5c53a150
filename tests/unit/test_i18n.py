"""The bot's words: complete and natural in the four languages, within Telegram's limits, and never silent."""

from __future__ import annotations

import ast
import logging
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from babel import Locale
from fluent.syntax import FluentParser, ast as ftl
from fluent.syntax.visitor import Visitor

from bot.i18n import SPOKEN, Speech, SpeechError, explain, raising, say
from pipelines import errors
from pipelines.languages import Language
from pipelines.text import BIDI_MARKS
from pipelines.translate.dari import adapt

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

ROOT: Final = Path(__file__).parents[2]
CATALOGUES: Final = ROOT / "bot" / "i18n"
ENGLISH, RUSSIAN, DARI, PASHTO = SPOKEN
OTHERS: Final = SPOKEN[1:]
SCRIPTS: Final = {ENGLISH: "LATIN", RUSSIAN: "CYRILLIC", DARI: "ARABIC", PASHTO: "ARABIC"}
COUNTS: Final = (0, 1, 2, 5, 11, 21)
LABELS: Final = re.compile(r"button-.*|lang-.*|length-(short|medium|long)|presses-(anyone|asker|admins)|.*-button")
ISOLATES: Final = re.compile("[\u2066-\u2069]")


@pytest.fixture(autouse=True)
def _faults_raise() -> Generator[None]:
    with raising():
        yield


class Found(Visitor):
    """What the tests ask of a message's tree."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.texts: list[str] = []
        self.choices: list[list[str | int]] = []

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: Any) -> None:  # noqa: N802
        self.texts.append(node.value)

    def visit_SelectExpression(self, node: Any) -> None:  # noqa: N802
        keys = [variant.key for variant in node.variants]
        self.choices.append([key.name if isinstance(key, ftl.Identifier) else int(key.value) for key in keys])
        self.generic_visit(node)


@cache
def entries(name: str) -> tuple[Any, ...]:
    return tuple(FluentParser().parse((CATALOGUES / f"{name}.ftl").read_text(encoding="utf-8")).body)


def messages(language: Language) -> dict[str, Any]:
    return {entry.id.name: entry for entry in entries(language.value) if isinstance(entry, ftl.Message)}


def found(node: Any) -> Found:
    visitor = Found()
    visitor.visit(node)
    return visitor


def samples(key: str, count: int = 5) -> dict[str, Any]:
    """Arguments as handlers give them; whatever is not listed is a number."""
    known = {
        "host": "news.example", "bot": "@a_bot", "id": "@x", "language": Language.PASHTO, "length": "short",
        "languages": (Language.DARI, Language.RUSSIAN, Language.ENGLISH), "first": "a", "last": "b",
        "name": "c", "terms": "d", "text": "e", "url": "f", "times": "g", "start": "h", "end": "i", "days": "j", "zone": "k",
        "time": "l", "feed": "m",
    }  # fmt: skip
    return {name: known.get(name, count) for name in found(messages(ENGLISH)[key]).variables}


KEYS: Final = sorted(messages(ENGLISH))


def texts(language: Language) -> Iterable[tuple[str, str]]:
    for key, message in messages(language).items():
        for text in found(message).texts:
            yield key, text


# --- the catalogues as files ---


@pytest.mark.parametrize("name", ["terms", *SPOKEN])
def test_a_catalogue_parses_whole_with_every_key_once(name: str) -> None:
    assert not [entry.content for entry in entries(name) if isinstance(entry, ftl.Junk)]
    keys = [entry.id.name for entry in entries(name) if isinstance(entry, ftl.Message | ftl.Term)]
    assert keys
    assert sorted(keys) == sorted(set(keys))
    source = (CATALOGUES / f"{name}.ftl").read_text(encoding="utf-8")
    assert source == unicodedata.normalize("NFC", source)
    assert not set(source) & set(BIDI_MARKS), "isolates are written by the formatter, marks by the renderer"
    assert not re.search(r"[ \t]$|\t", source, re.MULTILINE)


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_have_the_same_keys_in_the_same_groups(language: Language) -> None:
    def outline(name: str) -> list[str]:
        return [
            str(e.content) if isinstance(e, ftl.GroupComment) else e.id.name
            for e in entries(name)
            if isinstance(e, ftl.GroupComment | ftl.Message)
        ]

    assert outline(language.value) == outline("en")


@pytest.mark.parametrize("language", OTHERS)
def test_messages_take_the_same_arguments_and_name_the_same_commands(language: Language) -> None:
    terms = re.compile(r"\{ (-[\w-]+) \}")
    sources = {one: (CATALOGUES / f"{one.value}.ftl").read_text(encoding="utf-8") for one in (ENGLISH, language)}
    for key, message in messages(language).items():
        english = messages(ENGLISH)[key]
        assert found(message).variables == found(english).variables, key
        used = [
            set(terms.findall(sources[one][node.span.start : node.span.end]))
            for one, node in ((language, message), (ENGLISH, english))
        ]
        assert used[0] - {"-telegram"} == used[1] - {"-telegram"}, key


def test_only_names_of_languages_have_a_form_of_their_own_inside_a_sentence() -> None:
    for language in SPOKEN:
        for key, message in messages(language).items():
            attributes = [attribute.id.name for attribute in message.attributes]
            assert not attributes or (key.startswith("lang-") and attributes == ["inline"]), key


@pytest.mark.parametrize("language", SPOKEN)
def test_texts_are_in_their_own_script_and_their_own_words(language: Language) -> None:
    for key, text in texts(language):
        strange = {c for c in text if c.isalpha() and SCRIPTS[language] not in unicodedata.name(c, "")}
        strange -= {"M", "B"} if key == "error-file-too-big" and language is ENGLISH else set()
        assert not strange, f"{key}: {text!r}; Latin words are terms"
        assert "Telegram" not in text or language is ENGLISH
        assert "/" not in text, f"{key}: commands and addresses are terms"
        assert "  " not in text.strip().replace("   ", ""), key
    if language is not ENGLISH:
        english = dict(texts(ENGLISH))
        for key, text in texts(language):
            assert text != english.get(key) or not any(map(str.isalpha, text)), f"{key} is not translated"


@pytest.mark.parametrize("language", [DARI, PASHTO])
def test_texts_in_arabic_script_are_typed_as_their_language_is(language: Language) -> None:
    foreign = "يكةىګډټړږښځڅڼېۍ" if language is DARI else "كگةىۀ"
    joins_nothing = "اآأدذرزژوؤةډړږ"
    for key, text in texts(language):
        where = f"{key}: {text!r}"
        assert not set(text) & set(foreign), where
        assert not set(text) & set(",;?%0123456789٠١٢٣٤٥٦٧٨٩ـ"), where
        assert not re.search(rf"\u200c(?![^\W\d_])|(?<![^\W\d_])\u200c|[{joins_nothing}]\u200c", text), where
        assert not re.search(r"\s[،؛؟.:…]", text), where
        if language is DARI:
            assert not re.search(r"\bن?می[ ]", text), f"{where}: ZWNJ after می"
            assert not re.search(r" (ها|های|هایی|اید|اند)\b", text), f"{where}: ZWNJ before an ending"


def test_dari_has_no_word_that_the_projects_lexicon_calls_iranian() -> None:
    for key, text in texts(DARI):
        assert adapt(text) == text, key


@pytest.mark.parametrize("language", SPOKEN)
def test_plurals_are_those_of_cldr(language: Language) -> None:
    rule = Locale.parse(language.names.cldr).plural_form
    needed = {rule(number) for number in range(200)}
    words = {"short", "medium", "long"}
    counted = 0
    for key, message in messages(language).items():
        for choices in found(message).choices:
            plurals = {choice for choice in choices if isinstance(choice, str)} - words
            if plurals - {"other"}:
                counted += 1
                assert plurals == needed, key
    assert counted or language is DARI, "a noun after a number is singular in Dari alone"


# --- what is said ---


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("language", SPOKEN)
def test_every_message_can_be_said(language: Language, count: int) -> None:
    for key in KEYS:
        text = say(language, key, **samples(key, count))
        assert text.strip(), key
        assert not re.search(r"[{}$]|\?\?\?", text), f"{key}: {text}"
        depth = 0
        for control in ISOLATES.findall(text):
            depth += -1 if control == "\u2069" else 1
            assert 0 <= depth <= 8, f"{key}: {text!r}"
        assert depth == 0, f"{key}: {text!r}"
        if language.arabic_script:
            commands = re.sub("\u2068/admin[^\u2069]*\u2069", "", text)
            assert not re.search("[0-9]", commands), f"{key}: {text}; numbers go through NUMBER()"


@pytest.mark.parametrize("language", SPOKEN)
def test_texts_keep_to_telegrams_limits(language: Language) -> None:
    def length(key: str) -> int:
        return max(len(say(language, key, **samples(key, count)).encode("utf-16-le")) // 2 for count in COUNTS)

    answers = [key for key in KEYS if re.fullmatch(r".*-set|group-.*|saved|cancelled|nothing-to-cancel|.*-none", key)]
    answers += ["thanks-feedback", "feedback-note-ask", "feedback-noted", "press-not-yours", "press-admins-only"]
    answers += ["press-expired", "no-translation", "already-shown", "languages-ask", "length-ask"]
    for key in KEYS:
        assert length(key) <= 4096, key
        if key.startswith("cmd-"):
            assert 3 <= length(key) <= 256, key
        if LABELS.fullmatch(key):
            assert length(key) <= 32, key
    assert length("bot-description") <= 512
    assert length("bot-short-description") <= 120
    assert length("inline-open-bot") <= 64
    assert all(length(key) <= 200 for key in answers), [key for key in answers if length(key) > 200]


def test_every_command_that_a_text_names_is_one_of_the_menu() -> None:
    values = [text for entry in entries("terms") if isinstance(entry, ftl.Term) for text in found(entry).texts]
    commands = {value.split()[0] for value in values if value.startswith("/")}
    assert "/digest" in commands
    assert commands <= {"/" + key.removeprefix("cmd-") for key in KEYS if key.startswith("cmd-")}


@pytest.mark.parametrize(
    ("count", "russian"),
    [(1, "1 дайджест,"), (2, "2 дайджеста,"), (5, "5 дайджестов,"), (11, "11 дайджестов,"), (21, "21 дайджест,")],
)
def test_russian_counts(count: int, russian: str) -> None:
    assert russian in ISOLATES.sub("", say(RUSSIAN, "stats-text", total=count, today=0))


def test_numbers_are_in_the_readers_digits_and_ids_as_telegram_has_them() -> None:
    said = {language: ISOLATES.sub("", say(language, "admin-quota", person=12345, chat=7)) for language in SPOKEN}
    assert "12,345" in said[ENGLISH]
    assert "12\u00a0345" in said[RUSSIAN]
    assert "۱۲٬۳۴۵" in said[DARI]
    assert "۱۲٬۳۴۵" in said[PASHTO]
    assert "۱۵۰۳" in say(DARI, "error-http-status", status=1503, host="a.example")
    assert "\u2068123456789\u2069" in say(DARI, "not-allowed", id="123456789")
    assert "۲٫۵" in say(PASHTO, "error-file-too-big", most=2.5)


def test_what_is_filled_in_and_every_command_stand_in_isolates() -> None:
    assert say(DARI, "fetching", host="bbc.com") == "\u2068bbc.com\u2069 را باز می‌کنم…"
    assert "\u2068/help\u2069" in say(PASHTO, "nothing-to-do")
    assert "\u2068PDF\u2069، \u2068DOCX\u2069" in say(DARI, "error-unsupported-type")


def test_languages_come_by_name_inside_a_sentence_and_as_a_list() -> None:
    everything = (Language.DARI, Language.PASHTO, Language.RUSSIAN)
    assert ISOLATES.sub("", say(RUSSIAN, "translating", language=Language.DARI)) == "Перевожу на дари…"
    assert ISOLATES.sub("", say(DARI, "languages-set", languages=everything)).endswith("دری، پشتو و روسی.")
    assert ISOLATES.sub("", say(ENGLISH, "languages-set", languages=everything)).endswith("Dari, Pashto and Russian.")
    assert ISOLATES.sub("", say(PASHTO, "languages-set", languages=[Language.DARI])).endswith("دري.")
    assert ISOLATES.sub("", say(ENGLISH, "languages-set", languages=())).endswith("in: —.")
    assert all(say(spoken, "translating", language=named) for spoken in SPOKEN for named in Language)


def test_readers_without_a_catalogue_get_the_nearest_one() -> None:
    assert say(Language.PERSIAN, "saved") == say(DARI, "saved")
    assert Speech(Language.UNKNOWN).say("saved") == "Saved."


# --- faults ---


def test_a_fault_raises_in_tests() -> None:
    with pytest.raises(SpeechError, match="no-such-key in prs: there is no such message"):
        say(DARI, "no-such-key")
    with pytest.raises(SpeechError, match="needed"):
        say(DARI, "error-too-short", words=3)
    with pytest.raises(SpeechError, match="NUMBER takes a number, not str"):
        say(PASHTO, "error-too-short", words="3", needed=70)


def test_the_running_bot_logs_a_fault_and_never_says_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.i18n.catalogue._mode.raises", False)
    with caplog.at_level(logging.ERROR, logger="bot.i18n.catalogue"):
        assert say(DARI, "no-such-key") == say(ENGLISH, "error-internal")
        assert say(DARI, "error-too-short", words=3).startswith("این متن تنها")
        assert say(RUSSIAN, "fetching", host=None).startswith("Открываю")  # type: ignore[arg-type]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert "no-such-key" in caplog.text


def test_a_message_that_one_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.i18n import catalogue  # noqa: PLC0415

    monkeypatch.setattr("bot.i18n.catalogue._mode.raises", False)
    monkeypatch.delitem(catalogue._bundle(RUSSIAN)._messages, "saved")
    assert say(RUSSIAN, "saved") == "Saved."


def test_a_strange_argument_stays_inside_its_isolate_and_within_bounds() -> None:
    assert say(DARI, "fetching", host="a\u2069\u202eb\u2067c") == "\u2068abc\u2069 را باز می‌کنم…"
    assert say(DARI, "fetching", host="\u2068خبر\u200cها\u2069.af").startswith("\u2068\u2068خبر\u200cها\u2069.af\u2069")
    assert len(say(RUSSIAN, "fetching", host="я" * 9000)) < 1100


def family(kind: type[errors.KhabarError]) -> list[type[errors.KhabarError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in family(child))]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("kind", family(errors.KhabarError), ids=lambda kind: kind.code)
def test_every_error_is_explained(kind: type[errors.KhabarError], language: Language) -> None:
    error = kind.__new__(kind, "English, for the command line")
    for name, value in {"words": 12, "needed": 70, "status": 503}.items():
        setattr(error, name, value)
    text = explain(language, error, host="news.example")
    own = isinstance(error, errors.InternalError) or kind is errors.KhabarError
    assert (text == say(language, "error-internal")) == own, f"{kind.__name__} has no words of its own"


def test_errors_of_a_server_say_what_to_do() -> None:
    def said(status: int) -> str:
        return ISOLATES.sub("", explain(ENGLISH, errors.HttpStatusError("", status=status), host="a.example"))

    assert said(404).startswith("There is no such page on a.example")
    assert "Copy the text" in said(403)
    assert "error 503" in said(503)


def test_reading_the_catalogue_module_loads_no_heavy_library() -> None:
    code = "import sys, bot.i18n; print([m for m in ('fluent', 'babel') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == "[]"


# --- keys in the code ---


def literal_keys(source: str) -> set[str]:
    """Keys that ``say`` is called with as they stand: ``say(language, "key")``, ``speech.say("key")``."""
    keys: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
            keys |= {
                part.value
                for argument in node.args[:2]
                for part in ([argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return keys


def unused_keys(sources: Iterable[str], keys: Iterable[str]) -> set[str]:
    """Keys that no source holds as a string, nor builds from a string that ends in a hyphen: ``f"lang-{code}"``."""
    strings: set[str] = set()
    for source in sources:
        nodes = ast.walk(ast.parse(source))
        strings |= {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    stems = tuple(s for s in strings if re.fullmatch(r"[a-z][a-z-]*-", s))
    return {key for key in keys if key not in strings and not key.startswith(stems)}


CODE: Final = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("bot/**/*.py"))}
SPEAKING: Final = [
    path for path, source in CODE.items() if "from bot.i18n" in source
]  # the terminal has a `say` of its own


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_key_in_the_code_is_in_the_catalogue(path: Path) -> None:
    assert literal_keys(CODE[path]) <= set(KEYS)


def test_no_key_is_unused() -> None:
    assert unused_keys(CODE.values(), KEYS) == set()


def test_the_walk_over_the_code_finds_keys() -> None:
    source = 'say(lang, "a"); speech.say("b" if x else "c", n=1); self.say(key); say(lang, f"lang-{code}"); print("d")'
    assert literal_keys(source) == {"a", "b", "c"}
    assert unused_keys([source], ["a", "d", "lang-ru", "e"]) == {"e"}
