"""``khabar translate``: plain text, one paragraph a line, into another language, with every doubt on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pipelines.errors import KhabarError, ModelMissingError
from pipelines.languages import READ, READER, Language

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.models import Actor
    from pipelines.translate.flow import TranslationFlow
    from pipelines.translate.texts import TextTranslation


@click.command("translate")
@click.argument("source", metavar="FILE|-")
@click.option(
    "--to", "to", required=True, type=click.Choice([lang.value for lang in READER]), help="Into this language."
)
@click.option(
    "--from",
    "language",
    type=click.Choice([lang.value for lang in READ]),
    default=None,
    help="The text's language; without it Khabar tells by the text.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def translate_command(settings: Settings, source: str, to: str, language: str | None, form: str) -> None:
    """Translate a FILE (or - for standard input), one paragraph a line; lines stay lines.

    The translation goes to standard output; the back-end's name and a ⚠ line for every doubt go to standard error. A sentence
    whose translation cannot be trusted stays as it is, and a ⚠ line says so. The exit status is 3 if any did.
    """
    from bot.backends import translation_flow  # noqa: PLC0415
    from bot.reading import read_text  # noqa: PLC0415

    try:
        text = read_text(source)
        spoken = Language(language) if language else _identified(text)
        target = Language(to)
        if spoken is target:
            raise click.UsageError(f"The text is in {target.names.english} already; --to and --from are the same.")
        done = _translated(text, spoken, target, translation_flow(settings))
    except KhabarError as error:
        click.echo(f"✗ {source}: {error}", err=True)
        sys.exit(1)
    if form == "json":
        _print_json(done, spoken, target)
    else:
        _print_text(done)
    sys.exit(3 if any(warning.code == "kept_source" for warning in done.warnings) else 0)


def _identified(text: str) -> Language:
    from pipelines.errors import UnknownLanguageError  # noqa: PLC0415
    from pipelines.identify import identify  # noqa: PLC0415

    found = identify(text).language
    if found is Language.UNKNOWN:
        raise UnknownLanguageError("The text's language cannot be told; say which with --from.")
    return found


def _translated(text: str, source: Language, target: Language, flow: TranslationFlow) -> TextTranslation:
    from pipelines.translate.preference import suggestion  # noqa: PLC0415
    from pipelines.translate.texts import translate_text  # noqa: PLC0415

    if not flow.can(source, target):
        command = f"khabar models pull {suggestion(source, target)}"
        raise ModelMissingError(
            f"No installed back-end translates {source.names.english} into {target.names.english}. "
            f"To install one: {command} (khabar models list shows them all).",
            command=command,
        )
    return translate_text(text, source, target, flow, _actors(text, source))


def _actors(text: str, language: Language) -> list[Actor]:
    """Names of the text that only a tagger sees, so that they are watched as the termbase's are."""
    from pipelines.digest import find_actors  # noqa: PLC0415
    from pipelines.models import Article  # noqa: PLC0415
    from pipelines.segment import segment  # noqa: PLC0415

    article = Article(
        url=None,
        title=None,
        outlet=None,
        author=None,
        published=None,
        text=text,
        headings=(),
        language=language,
        extractor="text",
    )
    sentences = segment(text, language)
    return find_actors(article, sentences) if sentences else []


def _print_text(done: TextTranslation) -> None:
    click.echo("\n".join(done.lines), nl=bool(done.lines and done.lines[-1]))
    if done.backend:
        click.echo(f"translated by {done.backend}", err=True)
    for warning in done.warnings:
        click.echo(f"⚠ {warning.where}: {warning.message}", err=True)


def _print_json(done: TextTranslation, source: Language, target: Language) -> None:
    import json  # noqa: PLC0415

    from bot.render.contract import plain_warnings  # noqa: PLC0415

    record = {
        "from": source.value,
        "to": target.value,
        "lines": list(done.lines),
        "backend": done.backend,
        "warnings": plain_warnings(done.warnings),
    }
    click.echo(json.dumps(record, ensure_ascii=False))
