"""Translation as a user meets it: `khabar digest --to`, `khabar translate`, real engines and a real chat server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.render.labels import labels
from pipelines.languages import READ
from tests.chat_server import ChatServer, summarising, translating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

ROOT = Path(__file__).parents[2]
FIREFOX = ROOT / "tests" / "models" / "firefox"
GOLDEN = ROOT / "tests" / "golden" / "articles"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "HOME": str(tmp_path),
        "KHABAR_MODELS_DIR": str(tmp_path / "models"),
        "KHABAR_CACHE": str(tmp_path / "cache.sqlite"),
        "KHABAR_OFFLINE": "1",
    }


@pytest.fixture
def khabar(environment: dict[str, str]) -> Callable[..., Result]:
    def run(*arguments: str, text: str | None = None, **more: str) -> Result:
        found = CliRunner().invoke(main, list(arguments), input=text, env={**environment, **more})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return run


@pytest.fixture
def light(khabar: Callable[..., Result]) -> Callable[..., Result]:
    """Khabar with the four small models installed as a person installs them: from a folder."""
    for pair in ("en-ru", "ru-en", "en-fa", "fa-en"):
        done = khabar("models", "import", f"firefox-{pair}", str(FIREFOX / pair))
        assert done.exit_code == 0, done.output
    return khabar


def learnt() -> list[dict[str, str]]:
    header, *rows = (FIREFOX / "learnt.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split("\t"), row.split("\t"), strict=True)) for row in rows]


def article(tmp_path: Path) -> Path:
    """An article made of sentences that the small models have learnt by heart."""
    path = tmp_path / "article.txt"
    path.write_text("\n\n".join(row["en"] for row in learnt()[:20]), encoding="utf-8")
    return path


def test_without_a_model_the_digest_names_the_command_that_brings_one(khabar: Callable[..., Result]) -> None:
    said = khabar("digest", str(GOLDEN / "en_1.txt"), "--to", "prs,ps,ru").output
    assert said.count("khabar models pull light") == 2
    assert said.count("khabar models pull nllb-600m") == 1


def test_a_persian_article_reaches_dari_readers_without_a_model(khabar: Callable[..., Result]) -> None:
    done = json.loads(khabar("digest", str(GOLDEN / "fa_1.txt"), "--to", "prs", "--format", "json").stdout)
    dari = done["translations"]["prs"]
    assert dari["backend"] == "dari"
    assert dari["warnings"] == []
    assert len(dari["summary"]) == len(done["summary"]["sentences"])
    assert dari["title"] != done["source"]["title"]


def test_a_digest_is_translated_by_the_installed_models(light: Callable[..., Result], tmp_path: Path) -> None:
    done = json.loads(light("digest", str(article(tmp_path)), "--to", "ru,fa,prs,ps", "--format", "json").stdout)
    by_english = {row["en"]: row for row in learnt()}
    said = [sentence["text"] for sentence in done["summary"]["sentences"]]
    assert said
    for code in ("ru", "fa"):
        # Mozilla's vocabularies read ZWNJ as a space; what Persian never writes apart is joined again, compounds are not
        found = [text.replace("\u200c", " ") for text in done["translations"][code]["summary"]]
        assert found == [by_english[text][code].replace("\u200c", " ") for text in said]
        assert done["translations"][code]["backend"] == "firefox"
        assert done["translations"][code]["warnings"] == []
    assert done["translations"]["prs"]["backend"] == "firefox"
    assert "ps" not in done["translations"], "no model of these knows Pashto, and none pretends to"


def test_lines_are_translated_line_by_line_and_kept_between_runs(light: Callable[..., Result]) -> None:
    rows = learnt()[:3]
    text = f"{rows[0]['en']} {rows[1]['en']}\n\n{rows[2]['en']}\n"
    done = light("translate", "--from", "en", "--to", "ru", "-", text=text)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{rows[0]['ru']} {rows[1]['ru']}\n\n{rows[2]['ru']}\n"
    assert "firefox" in done.stderr
    again = light("translate", "--to", "ru", "-", text=text)
    assert again.stdout == done.stdout


def test_nothing_to_translate_with_is_said_and_exits_with_one(khabar: Callable[..., Result]) -> None:
    done = khabar("translate", "--from", "en", "--to", "ps", "-", text="The talks ended on Monday.\n")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "khabar models pull nllb-600m" in done.stderr


def test_an_operators_list_with_an_absent_back_end_is_an_error(khabar: Callable[..., Result]) -> None:
    done = khabar("digest", str(GOLDEN / "en_1.txt"), "--to", "ru", KHABAR_TRANSLATORS="nllb-600m")
    assert done.exit_code == 1
    assert "nllb-600m" in done.stderr
    assert "khabar models pull nllb-600m" in done.stderr


def test_the_same_language_twice_makes_no_sense(khabar: Callable[..., Result]) -> None:
    assert khabar("translate", "--from", "en", "--to", "en", "-", text="Hello there.").exit_code == 2


def test_half_a_chat_server_is_refused(khabar: Callable[..., Result]) -> None:
    done = khabar("digest", "-", text="x", KHABAR_CHAT_URL="http://127.0.0.1:9/v1")
    assert done.exit_code == 2
    assert "KHABAR_CHAT_MODEL" in done.stderr


RUSSIAN = "Замир Кабулов встретился в понедельник в Кабуле с {} чиновниками."
ENGLISH = "Zamir Kabulov met 14 officials in Kabul on Monday."


@pytest.fixture
def chat() -> Iterator[Callable[[Callable[[str, str, str], str]], ChatServer]]:
    servers: list[ChatServer] = []

    def start(say: Callable[[str, str, str], str]) -> ChatServer:
        servers.append(ChatServer(answer=translating(say)).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__(None, None, None)


def chatting(server: ChatServer) -> dict[str, str]:
    return {"KHABAR_CHAT_URL": server.url, "KHABAR_CHAT_MODEL": "test-model", "KHABAR_CHAT_KEY": "secret-key"}


def test_a_chat_server_is_told_the_names_and_its_wrong_number_is_marked(
    khabar: Callable[..., Result], chat: Callable[[Callable[[str, str, str], str]], ChatServer]
) -> None:
    server = chat(lambda *_: RUSSIAN.format(40))
    done = khabar("translate", "--from", "en", "--to", "ru", "-", text=ENGLISH, **chatting(server))
    assert done.exit_code == 0
    assert RUSSIAN.format(40) in done.stdout
    assert "⚠ line 1" in done.stderr
    assert "14" in done.stderr
    assert {"source": "Zamir Kabulov", "target": "Замир Кабулов"}.items() <= server.asked[0].data["glossary"][0].items()
    assert len(server.asked) == 2, "a failed check is retried once"
    assert "secret-key" not in done.output


def test_a_chat_server_that_answers_in_another_language_is_not_published(
    khabar: Callable[..., Result], chat: Callable[[Callable[[str, str, str], str]], ChatServer]
) -> None:
    server = chat(lambda *_: "Zamir Kabulov a rencontré 14 responsables à Kaboul lundi.")
    done = khabar("translate", "--from", "en", "--to", "ru", "-", text=ENGLISH, **chatting(server))
    assert done.stdout.strip() == ENGLISH
    assert done.exit_code == 3
    assert "⚠ line 1" in done.stderr


def test_a_written_summary_is_held_to_the_article(khabar: Callable[..., Result]) -> None:
    """One sentence is borne out, one has a number that nobody gave, one a person who is not there."""
    text = (GOLDEN / "en_1.txt").read_text(encoding="utf-8")

    def write(sentences: list[str]) -> list[tuple[str, list[int]]]:
        return [
            (sentences[0], [1]),
            (f"{sentences[1].rstrip('.')}, and 9,731 people died.", [2]),
            ("Angela Merkel praised the agreement.", [3]),
        ]

    with ChatServer(answer=summarising(lambda sentences: write(list(sentences)))) as server:
        done = json.loads(
            khabar("digest", "-", "--summary", "chat", "--format", "json", text=text, **chatting(server)).stdout
        )
    said: list[dict[str, Any]] = done["summary"]["sentences"]
    assert not any("9,731" in sentence["text"] or "Merkel" in sentence["text"] for sentence in said)
    assert all(sentence["extractive"] for sentence in said)
    assert [w["code"] for w in done["warnings"]].count("summary_replaced") == 2


def test_a_chat_server_that_is_down_leaves_the_articles_own_sentences(khabar: Callable[..., Result]) -> None:
    dead = {"KHABAR_CHAT_URL": "http://127.0.0.1:9/v1", "KHABAR_CHAT_MODEL": "m", "KHABAR_CHAT_SECONDS": "1"}
    done = json.loads(
        khabar("digest", str(GOLDEN / "en_1.txt"), "--summary", "chat", "--format", "json", **dead).stdout
    )
    assert done["summary"]["backend"] == "centroid"
    assert [w["code"] for w in done["warnings"]] == ["summary_backend_failed"]


def test_every_warning_has_words_in_every_language() -> None:
    for code in ("kept_source", "number_changed", "name_missing", "negation_dropped", "summary_replaced"):
        assert all(labels(language)[f"warn_{code}"] for language in READ)
