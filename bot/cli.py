"""``khabar``: the command line. Parses, calls ``pipelines``, renders; holds no logic of its own.

Imports stay light (``khabar --help`` in half a second): a command imports what it needs when it runs.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from bot.bot_settings import load_database
from bot.channels_cli import channels
from bot.db_cli import ADDRESS, db
from bot.feeds_cli import feeds
from bot.jobs_cli import jobs
from bot.models_cli import models
from bot.reading import is_address, pages, read_text
from bot.settings import PREFIX, SUMMARISERS, Settings, SettingsError, languages, load
from bot.translate_cli import translate_command
from pipelines import __version__
from pipelines.errors import KhabarError
from pipelines.languages import READ, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.render.view import View
    from pipelines.digest import DigestOptions
    from pipelines.models import Digest, StageFailure

MAX_SENTENCES: Final = 30


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="khabar")
@click.pass_context
def main(context: click.Context) -> None:
    """Khabar (خبر): news digests whose names, numbers and quotes can be trusted."""
    # Pipes and old consoles may declare a narrow encoding; a digest in four scripts needs UTF-8.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        context.obj = load(os.environ)
        context.meta[ADDRESS] = load_database(os.environ)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


main.add_command(translate_command)
main.add_command(models)
main.add_command(db)
main.add_command(jobs)
main.add_command(feeds)
main.add_command(channels)


@main.command("digest")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--to", "to", default=None, metavar="CODES", help="Also in these languages: prs,ps,ru,en,fa.")
@click.option(
    "--summary",
    type=click.Choice(SUMMARISERS),
    default=None,
    help="Who summarises: centroid quotes the article; mt5 and chat write, and are checked.",
)
@click.option("--sentences", type=click.IntRange(1, MAX_SENTENCES), default=None, help="Length in sentences.")
@click.option(
    "--length", type=click.Choice(["short", "medium", "long"]), default=None, help="Length; medium is 3 sentences."
)
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "html"]), default="terminal", show_default=True
)
@click.option("--text", "with_text", is_flag=True, help="Terminal and JSON: the article's text, too.")
@click.option(
    "--from",
    "language",
    type=click.Choice([lang.value for lang in READ]),
    default=None,
    help="The article's language, if Khabar takes it for another.",
)
@click.pass_obj
def digest_command(
    settings: Settings,
    sources: tuple[str, ...],
    to: str | None,
    summary: str | None,
    sentences: int | None,
    length: str | None,
    form: str,
    with_text: bool,
    language: str | None,
) -> None:
    """Digest of each SOURCE: an address, a file (.html .html.gz .txt .pdf .docx .json) or - for standard input.

    One source that fails does not stop the others; the exit status is then 1.
    """
    from bot.backends import summariser, translation_flow  # noqa: PLC0415
    from pipelines.digest import DigestOptions  # noqa: PLC0415
    from pipelines.summarise.base import LENGTHS, SummaryLength  # noqa: PLC0415

    if sentences is not None and length is not None:
        raise click.UsageError("--sentences and --length say the same thing; give one of them.")
    try:
        readers = settings.reader_languages if to is None else languages(to, "--to")
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    if summary is not None:
        settings = replace(settings, summariser=summary)
    wanted = SummaryLength(sentences) if sentences is not None else LENGTHS[length or settings.length]
    try:
        options = DigestOptions(
            length=wanted,
            language=Language(language) if language else None,
            summariser=summariser(settings),
            targets=readers,
            translation=translation_flow(settings) if readers else None,
        )
    except KhabarError as error:
        raise click.ClickException(str(error)) from error
    answers = _progress(_answers(sources, settings, options), sources)
    failed = _PRINTERS[form](answers, readers, settings, with_text)
    sys.exit(1 if failed else 0)


@main.command("bot")
def bot_command() -> None:
    """Run the Telegram bot until it is told to stop (SIGTERM, Ctrl-C). Settings: see .env.example, KHABAR_BOT_TOKEN first."""
    _serve("bot")


@main.command("worker")
def worker_command() -> None:
    """Run a worker beside a bot on the same PostgreSQL database, on this or another machine, with the bot's settings."""
    _serve("worker")


def _serve(part: str) -> None:
    import logging  # noqa: PLC0415

    from bot.bot_settings import load_bot  # noqa: PLC0415

    try:
        settings = load_bot(os.environ)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    from bot import app, worker  # noqa: PLC0415
    from bot.crew import StartError  # noqa: PLC0415
    from bot.delivery import TokenRejected  # noqa: PLC0415
    from bot.storage.errors import StorageError  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        (app if part == "bot" else worker).run(settings)
    except TokenRejected as error:
        told = (
            f"{error} any more. Copy it again from @BotFather into {PREFIX}BOT_TOKEN; nothing that was planned is lost."
        )
        raise click.ClickException(told) from error
    except (StartError, StorageError) as error:
        raise click.ClickException(str(error)) from error


@main.command("identify")
@click.argument("source", metavar="FILE|-")
@click.option("--lines", is_flag=True, help="One code for each line.")
def identify_command(source: str, lines: bool) -> None:
    """Language code of a text: en, ru, fa, prs, ps, or und for a language that Khabar does not read.

    Dari (prs) and Persian (fa) share almost everything; which of the two is printed is a hint.
    """
    from pipelines.identify import identify, identify_lines  # noqa: PLC0415

    try:
        text = read_text(source)
    except KhabarError as error:
        click.echo(f"{source}: {error}", err=True)
        sys.exit(1)
    guesses = identify_lines(text.splitlines()) if lines else [identify(text)]
    click.echo("\n".join(guess.language.value for guess in guesses))


def _answers(
    sources: tuple[str, ...], settings: Settings, options: DigestOptions
) -> Iterator[tuple[str, Digest | StageFailure]]:
    from pipelines.digest import digest_all  # noqa: PLC0415

    yield from zip(sources, digest_all(pages(sources, settings), options), strict=True)


def _progress(
    answers: Iterable[tuple[str, Digest | StageFailure]], sources: tuple[str, ...]
) -> Iterator[tuple[str, Digest | StageFailure]]:
    """A bar on standard error where someone watches and there is something to wait for."""
    slow = len(sources) > 1 or any(is_address(source) for source in sources)
    if not (slow and sys.stderr.isatty()):
        yield from answers
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    done = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=len(sources))
        for source, answer in answers:
            bar.update(task, advance=1, description=source[-40:])
            if sys.stdout.isatty():
                done.append((source, answer))  # a digest printed under a moving bar would be torn
            else:
                yield source, answer
    yield from done


def _complain(source: str, failure: StageFailure) -> None:
    click.echo(f"✗ {source}: {failure.error}", err=True)


def _views(answer: Digest, readers: tuple[Language, ...]) -> list[View]:
    """The digest in the article's own language, then in each reader's."""
    from bot.render.view import view  # noqa: PLC0415

    return [view(answer, language) for language in dict.fromkeys((answer.article.language, *readers))]


def _print_json(
    answers: Iterable[tuple[str, Digest | StageFailure]],
    readers: tuple[Language, ...],
    settings: Settings,
    with_text: bool,
) -> bool:
    from bot.render.contract import digest_line, failure_line, text_line  # noqa: PLC0415
    from pipelines.errors import NoDigestError  # noqa: PLC0415
    from pipelines.models import StageFailure  # noqa: PLC0415

    del readers, settings  # the digests hold what was asked for
    failed = False
    for source, answer in answers:
        path = None if is_address(source) or source == "-" else source
        if isinstance(answer, StageFailure):
            failed = True
            error = answer.error
            if with_text and isinstance(error, NoDigestError) and error.extracted is not None:
                # the text was asked for and is there: it is not lost because no digest can be made of it
                _complain(source, answer)
                click.echo(text_line(answer, error, path=path))
            else:
                click.echo(failure_line(answer))
        else:
            click.echo(digest_line(answer, path=path, with_text=with_text))
    return failed


def _print_terminal(
    answers: Iterable[tuple[str, Digest | StageFailure]],
    readers: tuple[Language, ...],
    settings: Settings,
    with_text: bool,
) -> bool:
    from rich.console import Console  # noqa: PLC0415

    from bot.render.terminal import bidi_mode, print_views, printable  # noqa: PLC0415
    from pipelines.models import StageFailure  # noqa: PLC0415

    console = Console(highlight=False)
    bidi = bidi_mode(settings.bidi, os.environ, tty=sys.stdout.isatty())
    failed = False
    for source, answer in answers:
        if isinstance(answer, StageFailure):
            failed = True
            _complain(source, answer)
            continue
        print_views(console, _views(answer, readers), bidi=bidi, sources=_count(answer))
        if with_text:
            click.echo(printable(answer.article.text))
    return failed


def _count(answer: Digest) -> str:
    """Whose words the summary is, in one line."""
    body = sum(not sentence.heading for sentence in answer.sentences)
    own = sum(sentence.extractive for sentence in answer.summary.sentences)
    written = len(answer.summary.sentences) - own
    told = f"{own} of {body} sentences, word for word"
    if not written:
        return told
    maker = answer.summary.backend.split("+", maxsplit=1)[0]
    wrote = f"{written} written by {maker} (✎) and checked against the article"
    return f"{wrote}; {told}" if own else wrote


def _print_html(
    answers: Iterable[tuple[str, Digest | StageFailure]],
    readers: tuple[Language, ...],
    settings: Settings,
    with_text: bool,
) -> bool:
    from bot.render.html import page  # noqa: PLC0415
    from pipelines.models import StageFailure  # noqa: PLC0415

    del settings, with_text
    failed, digests = False, []
    for source, answer in answers:
        if isinstance(answer, StageFailure):
            failed = True
            _complain(source, answer)
        else:
            digests.append(_views(answer, readers))
    if digests:
        click.echo(page(digests), nl=False)
    return failed


_PRINTERS: Final = {"json": _print_json, "terminal": _print_terminal, "html": _print_html}
