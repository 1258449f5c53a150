"""A digest for the terminal: title, byline, sentences, a table of actors, then the same for each reader's language.

Right-to-left text is set flush right and, where the terminal does not lay it out itself, reordered line by line by the
Unicode bidirectional algorithm (python-bidi), after wrapping: wrapping reordered text would put the end of the sentence
on the first line. A terminal that does its own layout gets text in logical order.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console
    from rich.text import Text as RichText

    from bot.render.view import ActorRow, Line, Text, View

Bidi = Literal["terminal", "visual"]

MAX_WIDTH: Final = 100
"""Wider lines are hard to read; books use less."""
ISOLATE, POP = "\u2068", "\u2069"
"""First-strong isolate and its end: a Latin name must not take the digits of the date behind it along."""
_GUTTER: Final = "  "
_CONTROLS: Final = {
    code: " " if chr(code).isspace() else None for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\n")
}


def bidi_mode(setting: str, environment: Mapping[str, str], *, tty: bool) -> Bidi:
    """Who lays out right-to-left text. ``auto``: known terminals do it themselves, files and pipes want logical order."""
    if setting in ("terminal", "visual"):
        return "terminal" if setting == "terminal" else "visual"
    if not tty or environment.get("TERM") == "mlterm" or "KONSOLE_VERSION" in environment:
        return "terminal"
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "terminal"
    # GNOME Terminal and the other VTE terminals have laid out bidirectional text since 0.58
    vte = environment.get("VTE_VERSION", "")
    return "terminal" if vte.isdigit() and int(vte) >= 5800 else "visual"


def printable(text: str) -> str:
    """``text`` without control characters other than line feeds: a page must not send commands to the terminal."""
    return text.translate(_CONTROLS)


def print_views(console: Console, views: Iterable[View], *, bidi: Bidi, sources: str) -> None:
    """Print every view, the article's own first. ``sources`` is the line that counts sentences, in English."""
    from rich.rule import Rule  # noqa: PLC0415

    width = min(console.width, MAX_WIDTH)
    for number, view in enumerate(views):
        native = view.language.names.native
        label = " · ".join(dict.fromkeys((native, view.language.names.english))) if number else "Khabar"
        console.print(Rule(_laid_out(label, bidi), style="cyan", align="left"), width=width)
        _print_view(console, view, width=width, bidi=bidi, sources=sources if number == 0 else "")
        console.print()


def _print_view(console: Console, view: View, *, width: int, bidi: Bidi, sources: str) -> None:
    rtl = view.language.direction == "rtl"

    def say(text: str, style: str = "", indent: str = "", *, rtl: bool = rtl) -> None:
        for line in _lines(text, width - len(indent), rtl=rtl, bidi=bidi):
            console.print(_styled(line + indent if rtl else indent + line, style), soft_wrap=True)

    def say_line(line: Line, style: str = "", indent: str = "") -> None:
        # a sentence that stays in the article's language runs that language's way
        say(_marked(line, view), style, indent, rtl=line.text.language.direction == "rtl")

    if view.title:
        say_line(view.title, "bold")
    if view.byline:
        say(" · ".join(f"{ISOLATE}{part}{POP}" if rtl else part for part in view.byline), "dim")
    if sources:
        say(sources, "dim")
    for sentence in view.sentences:
        console.print()
        say_line(sentence, indent=_GUTTER)
    if view.note:
        say(view.note, "italic dim")
    if view.command:
        say(view.words["install_model"].format(command=f"{ISOLATE}{view.command}{POP}" if rtl else view.command), "dim")
    if view.maker:
        console.print()
        say(view.maker, "dim")
    if view.actors:
        console.print()
        say(view.words["key_actors"], "bold cyan")
        for line in _table(view, width=width, bidi=bidi):
            console.print(line, soft_wrap=True)
    for warning in view.warnings:
        say(f"⚠ {warning}", "yellow")
    if view.url:
        console.print(_styled(printable(view.url), "dim underline"), soft_wrap=True)


def _table(view: View, *, width: int, bidi: Bidi) -> list[RichText]:
    """Name and role side by side; in a right-to-left view the name stands on the right."""
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.text import Text as RichText  # noqa: PLC0415

    rtl = view.language.direction == "rtl"
    name_width = min(max(cell_len(_shown(row.name, view)) for row in view.actors), width // 2 - 2)
    role_width = width - name_width - 4
    found = []
    for row in view.actors:
        names = _lines(_shown(row.name, view), name_width, rtl=rtl, bidi=bidi)
        roles = _lines(_role(row, view), role_width, rtl=rtl, bidi=bidi)
        for index in range(max(len(names), len(roles))):
            name = names[index] if index < len(names) else ""
            role = roles[index] if index < len(roles) else ""
            role_style = "" if row.role else "dim"
            if rtl:
                cells = [
                    (_padded(role, role_width, rtl=True), role_style),
                    (_GUTTER, ""),
                    (_padded(name, name_width, rtl=True), "bold"),
                ]
                cells.append((_GUTTER, ""))
            else:
                cells = [
                    (_GUTTER, ""),
                    (_padded(name, name_width, rtl=False), "bold"),
                    (_GUTTER, ""),
                    (role, role_style),
                ]
            found.append(RichText.assemble(*cells))
    return found


def _marked(line: Line, view: View) -> str:
    """The text with ✎ where a model wrote it and ⚠ where a warning is about it."""
    return _shown(line.text, view) + " ✎" * line.written + " ⚠" * line.doubtful


def _shown(text: Text, view: View) -> str:
    """The text, marked with its language where that is not the reader's."""
    return text.text if text.language is view.language else f"{text.text} [{text.language.value}]"


def _role(row: ActorRow, view: View) -> str:
    return _shown(row.role, view) if row.role else row.kind


def _lines(text: str, width: int, *, rtl: bool, bidi: Bidi) -> list[str]:
    wrapped = textwrap.wrap(printable(text), max(width, 20), break_long_words=True, break_on_hyphens=False) or [""]
    return [_padded(_laid_out(line, bidi, rtl=rtl), width, rtl=rtl).rstrip() if rtl else line for line in wrapped]


def _padded(line: str, width: int, *, rtl: bool) -> str:
    from rich.cells import cell_len  # noqa: PLC0415

    line = line.strip() if rtl else line
    space = " " * max(0, width - cell_len(line))
    return space + line if rtl else line + space


def _laid_out(line: str, bidi: Bidi, *, rtl: bool | None = None) -> str:
    if bidi == "terminal" or not any("\u0590" <= c <= "\u08ff" for c in line):
        return line
    from bidi import get_display  # noqa: PLC0415

    # ZWNJ has no width in a reordered line and some terminals draw a box for it: the joining is lost there anyway
    shown = get_display(line, base_dir=None if rtl is None else "R" if rtl else "L")
    return str(shown).translate(dict.fromkeys(map(ord, f"\u200c{ISOLATE}{POP}")))


def _styled(text: str, style: str) -> RichText:
    from rich.text import Text as RichText  # noqa: PLC0415

    return RichText(text, style=style)
