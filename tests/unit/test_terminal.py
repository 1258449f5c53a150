"""Right-to-left text in terminals: who lays it out, where lines break, on which side they stand."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.render.terminal import bidi_mode, print_views
from bot.render.view import ActorRow, Line, Text, View
from pipelines.languages import Language

SENTENCE = "سرگی لاوروف وزیر امور خارجه روسیه روز سه‌شنبه در مسکو با امیر خان متقی دیدار کرد و درباره تجارت گفت‌وگو کرد."


def view(language: Language, name: str, role: str | None) -> View:
    return View(
        language=language, title=None, byline=(), sentences=(Line(text=Text(text=SENTENCE, language=language)),), note=None,
        command=None, maker=None, warnings=(), url=None,
        words={"key_actors": "X"},
        actors=(
            ActorRow(
                name=Text(text=name, language=language), role=Text(text=role, language=language) if role else None, kind="K"
            ),
        ),
    )  # fmt: skip


def printed(shown: View, bidi: str, width: int = 60) -> list[str]:
    out = io.StringIO()
    print_views(Console(file=out, width=width), [shown], bidi="visual" if bidi == "visual" else "terminal", sources="")
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("environment", "tty", "mode"),
    [
        ({"VTE_VERSION": "7200"}, True, "terminal"),
        ({"VTE_VERSION": "5202"}, True, "visual"),
        ({"KONSOLE_VERSION": "230800"}, True, "terminal"),
        ({"TERM": "mlterm"}, True, "terminal"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True, "terminal"),
        ({"TERM": "xterm-256color"}, True, "visual"),
        ({"TERM": "xterm-256color"}, False, "terminal"),
    ],
)
def test_known_terminals_lay_out_themselves(environment: dict[str, str], tty: bool, mode: str) -> None:
    assert bidi_mode("auto", environment, tty=tty) == mode
    assert bidi_mode("visual", environment, tty=tty) == "visual"


def test_a_terminal_that_lays_out_gets_logical_order() -> None:
    lines = printed(view(Language.DARI, "سرگی لاوروف", "وزیر"), "terminal")
    assert any("سرگی لاوروف وزیر" in line for line in lines)


def test_a_terminal_that_does_not_gets_lines_reordered_after_wrapping() -> None:
    lines = [line for line in printed(view(Language.DARI, "سرگی لاوروف", "وزیر"), "visual") if line.strip()]
    first, second = lines[1], lines[2]
    assert first.rstrip().endswith("سرگی"[::-1]), "the first word stands at the right end of the first line"
    assert SENTENCE.rsplit(maxsplit=1)[-1].strip(".")[::-1] in second, "the last words stand on the second line"


def test_right_to_left_lines_stand_flush_right_and_within_the_width() -> None:
    for bidi in ("terminal", "visual"):
        lines = printed(view(Language.PASHTO, "سرګۍ لاوروف", None), bidi, width=50)
        sentence_lines = [line for line in lines if "\u0600" <= line.strip()[:1] <= "\u06ff"]
        assert sentence_lines
        assert all(cell_len(line) <= 50 for line in sentence_lines)


def test_latin_text_is_left_alone_in_a_left_to_right_view() -> None:
    lines = printed(view(Language.ENGLISH, "Sergei Lavrov", "Foreign Minister"), "visual")
    assert any("Sergei Lavrov  Foreign Minister" in line for line in lines)


def test_a_latin_name_does_not_carry_the_date_away() -> None:
    shown = replace(view(Language.DARI, "سرگی لاوروف", None), byline=("Mina Rahimi", "12 مارچ 2025"))
    assert any("2025 چرام 12 · Mina Rahimi" in line for line in printed(shown, "visual"))
    assert any("\u2068Mina Rahimi\u2069 · \u206812 مارچ 2025\u2069" in line for line in printed(shown, "terminal"))
