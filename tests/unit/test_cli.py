"""The command line as a user meets it: output forms, exit statuses, and one clear line for every bad source."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import SettingsError, load
from pipelines.languages import Language

DEMO = Path(__file__).parents[2] / "bot" / "data" / "demo_article.txt"
LOGIN = (
    b"<html><head><title>Sign in</title></head><body><form><p>Please log in or subscribe to continue reading this "
    b"article.</p><input type=password></form></body></html>"
)
GERMAN = ("Der Minister sagte am Montag, dass die Gespräche weitergehen werden. " * 12).encode()
CONTRACT = ["source", "language", "summary", "actors", "translations", "warnings", "timings_ms"]
ACTOR = ["key", "kind", "name", "aliases", "role", "salience", "mentions", "names", "roles", "name_source"]


def khabar(*arguments: str, stdin: bytes | str | None = None, environment: dict[str, str] | None = None) -> Result:
    clean = {"KHABAR_TO": "", "KHABAR_LENGTH": "", "KHABAR_BIDI": "", **(environment or {})}
    return CliRunner().invoke(main, list(arguments), input=stdin, env=clean)


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_keeps_the_contracts_keys_in_order() -> None:
    result = khabar("digest", str(DEMO), "--format", "json")
    assert result.exit_code == 0
    (record,) = records(result)
    assert list(record) == CONTRACT
    assert list(record["source"]) == ["url", "path", "title", "outlet", "author", "published"]  # type: ignore[call-overload]
    assert all(list(actor) == ACTOR for actor in record["actors"])  # type: ignore[attr-defined]
    assert record["source"]["path"] == str(DEMO)  # type: ignore[index]


def test_text_is_given_only_when_asked_for() -> None:
    (record,) = records(khabar("digest", str(DEMO), "--format", "json", "--text"))
    assert list(record)[2] == "text"
    assert "READ MORE" not in str(record["text"])


@pytest.mark.parametrize(
    ("arguments", "sentences"), [(["--sentences", "1"], 1), (["--length", "short"], 2), (["--length", "long"], 5)]
)
def test_length_is_what_was_asked_for(arguments: list[str], sentences: int) -> None:
    (record,) = records(khabar("digest", str(DEMO), "--format", "json", *arguments))
    assert len(record["summary"]["sentences"]) == sentences  # type: ignore[index]


def test_every_summary_sentence_stands_in_the_text_and_names_its_source() -> None:
    (record,) = records(khabar("digest", str(DEMO), "--format", "json", "--text", "--length", "long"))
    for sentence in record["summary"]["sentences"]:  # type: ignore[index]
        assert sentence["text"] in str(record["text"])
        assert sentence["source_sentences"]


def test_standard_input_is_a_source() -> None:
    result = khabar("digest", "-", "--format", "json", stdin=DEMO.read_bytes())
    (record,) = records(result)
    assert record["source"]["path"] is None  # type: ignore[index]
    assert record["language"] == "en"


def test_a_packed_page_is_a_source(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in DEMO.read_text(encoding="utf-8").split("\n\n"))
    page = tmp_path / "page.html.gz"
    page.write_bytes(
        gzip.compress(f"<html><head><title>T</title></head><body><article>{body}</article></body></html>".encode())
    )
    (record,) = records(khabar("digest", str(page), "--format", "json"))
    assert record["actors"]


def test_a_json_article_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"title": "A title", "outlet": "An outlet", "text": DEMO.read_text(encoding="utf-8")}))
    (record,) = records(khabar("digest", str(path), "--format", "json"))
    assert record["source"]["title"] == "A title"  # type: ignore[index]
    assert record["source"]["outlet"] == "An outlet"  # type: ignore[index]


def test_a_json_article_with_half_a_surrogate_pair_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    text = DEMO.read_text(encoding="utf-8")
    path.write_text(json.dumps({"title": "A title \ud83d", "text": text + " \ud800"}))
    (record,) = records(khabar("digest", str(path), "--format", "json"))
    assert record["source"]["title"] == "A title \ufffd"  # type: ignore[index]


def bad_sources() -> dict[str, tuple[str, bytes | None]]:
    words = "The minister said on Monday that the talks would go on. "
    return {
        "empty.txt": ("unreadable", b""),
        "binary.bin": ("unsupported_type", bytes(range(256)) * 40),
        "image.png": ("unsupported_type", b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        "forty_words.txt": ("too_short", (words * 4).encode()),
        "broken.pdf": ("unreadable", b"%PDF-1.7\n1 0 obj\n<< /Type"),
        "broken.docx": ("unsupported_type", b"PK\x03\x04 nothing of a word file here, only a beginning"),
        "deep.json": ("unreadable", b"[" * 100_000),
        "german.txt": ("unknown_language", GERMAN),
        "missing.txt": ("unreadable", None),
        "login.html": ("login_wall", LOGIN),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(bad_sources()))
def test_a_bad_source_gets_one_line_and_the_others_are_done(name: str, tmp_path: Path) -> None:
    code, body = bad_sources()[name]
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    result = khabar("digest", str(path), str(DEMO), "--format", "json")
    failed, done = records(result)
    assert result.exit_code == 1
    assert failed["source"] == str(path)
    assert failed["error"]["code"] == code  # type: ignore[index]
    assert "\n" not in failed["error"]["message"]  # type: ignore[index]
    assert len(failed["error"]["message"]) > 20  # type: ignore[index]
    assert done["language"] == "en"


@pytest.mark.parametrize("name", ["german.txt", "forty_words.txt"])
def test_the_text_is_given_even_where_no_digest_can_be_made(name: str, tmp_path: Path) -> None:
    code, body = bad_sources()[name]
    path = tmp_path / name
    path.write_bytes(body or b"")
    result = khabar("digest", str(path), "--format", "json", "--text")
    (record,) = records(result)
    assert result.exit_code == 1
    assert list(record) == [*CONTRACT[:2], "text", *CONTRACT[2:]]
    assert len(str(record["text"]).split()) > 30
    assert record["warnings"][0]["code"] == code  # type: ignore[index]
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("http://127.0.0.1:9/", "forbidden_address"),
        ("http://[::1]/", "forbidden_address"),
        ("http://169.254.169.254/latest/meta-data/", "forbidden_address"),
        ("http://2130706433/", "forbidden_address"),
        ("HTTP://127.0.0.1:9/", "forbidden_address"),
        ("https://", "bad_url"),
        ("http://exa mple.org/", "bad_url"),
        ("ftp://example.org/a", "bad_url"),
        ("www.example.org/a", "bad_url"),
    ],
)
def test_an_address_that_is_none_or_not_allowed(source: str, code: str) -> None:
    result = khabar("digest", source, "--format", "json")
    (record,) = records(result)
    assert result.exit_code == 1
    assert record["error"]["code"] == code  # type: ignore[index]


def test_an_empty_source_is_said_to_be_empty() -> None:
    result = khabar("digest", "")
    assert result.exit_code == 1
    assert "empty" in result.stderr


def test_a_page_sends_no_commands_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    hostile = "A title\x1b]0;owned\x07 and\x9b31m more"
    path.write_text(json.dumps({"title": hostile, "text": DEMO.read_text(encoding="utf-8") + " Red\x1b[31m."}))
    result = khabar("digest", str(path), "--text", "--sentences", "30")
    assert result.exit_code == 0
    assert not set(result.stdout) & {"\x1b", "\x07", "\x9b"}


def test_a_failure_on_the_terminal_goes_to_standard_error(tmp_path: Path) -> None:
    result = khabar("digest", str(tmp_path / "none.txt"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("✗ ")
    assert len(result.stderr.splitlines()) == 1


def test_the_terminal_shows_names_in_the_readers_languages() -> None:
    result = khabar("digest", str(DEMO), "--to", "prs,ps,ru")
    assert result.exit_code == 0
    for text in ("Key actors", "دری", "پښتو", "Русский"):
        assert text in result.stdout
    assert "Замир Кабулов" in result.stdout
    assert "Traceback" not in result.output


def test_html_is_one_document_without_script_and_with_directions() -> None:
    result = khabar("digest", str(DEMO), "--to", "prs", "--format", "html")
    assert result.stdout.startswith("<!doctype html>")
    assert 'dir="rtl"' in result.stdout
    assert "<script" not in result.stdout


def test_html_escapes_what_the_article_says(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    hostile = "<script>alert(1)</script> & talks"
    path.write_text(json.dumps({"title": hostile, "text": DEMO.read_text(encoding="utf-8")}))
    result = khabar("digest", str(path), "--format", "html")
    assert "<script>alert" not in result.stdout
    assert "&lt;script&gt;" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", "xx"],
        ["--sentences", "0"],
        ["--sentences", "2", "--length", "long"],
        ["--format", "pdf"],
        ["--from", "de"],
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_usage_error(arguments: list[str]) -> None:
    result = khabar("digest", str(DEMO), *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_identify_prints_a_code_a_line() -> None:
    text = (
        "The talks in Moscow ended without a deal.\n"
        "Переговоры в Москве завершились без соглашения.\n"
        "په مسکو کې خبرې اترې له کومې پایلې پرته پای ته ورسېدې.\n"
    )
    result = khabar("identify", "--lines", "-", stdin=text.encode())
    assert result.stdout.split() == ["en", "ru", "ps"]


def test_identify_reads_the_text_of_a_word_file(tmp_path: Path) -> None:
    from docx import Document  # noqa: PLC0415

    document = Document()
    for _ in range(12):
        document.add_paragraph("Переговоры в Москве завершились без соглашения, заявил министр иностранных дел.")
    document.save(str(tmp_path / "a.docx"))
    assert khabar("identify", str(tmp_path / "a.docx")).stdout.split() == ["ru"]


def test_identify_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    result = khabar("identify", str(tmp_path / "none"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KHABAR_TO", "de"),
        ("KHABAR_LENGTH", "huge"),
        ("KHABAR_FETCH_SECONDS", "-1"),
        ("KHABAR_FETCH_MEGABYTES", "nan"),
        ("KHABAR_BIDI", "x"),
    ],
)
def test_a_bad_setting_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({name: value})
    result = khabar("digest", str(DEMO), environment={name: value})
    assert result.exit_code == 2
    assert name in result.output


def test_settings_come_from_the_environment() -> None:
    settings = load({"KHABAR_TO": "prs, ru prs", "KHABAR_FETCH_SECONDS": "5"})
    assert settings.reader_languages == (Language.DARI, Language.RUSSIAN)
    assert settings.fetch_seconds == 5
