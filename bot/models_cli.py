"""``khabar models``: what there is, and pull, import, verify, remove. Parses, calls the store, prints; decides nothing.

The group's object is the settings, as ``khabar`` hands them on, or a store that is open already.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipelines.errors import HubError, HubRefusedError, KhabarError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from pipelines.store.catalogue import Backend, CatalogueModel
    from pipelines.store.progress import Progress
    from pipelines.store.store import ModelStore

BACKENDS: Final = ("firefox", "nllb", "small100", "madlad", "opus", "seq2seq", "mt5")
INTERRUPTED: Final = 130
"""Exit status of a program that Ctrl-C ended, as shells count."""


@click.group("models")
def models() -> None:
    """Translation and summary models: list, pull, import, verify, remove."""


@models.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def list_command(opened: Settings | ModelStore, form: str) -> None:
    """Every model: what for, languages, licence, size, and whether it is installed.

    * marks licences that forbid business use.
    """
    from bot.models_view import rows, table  # noqa: PLC0415

    try:
        found = rows(_store(opened))
    except KhabarError as error:
        _fail("models", error)
        sys.exit(1)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if form == "json" else table(found))


@models.command("pull")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--accept-licence", is_flag=True, help="Accept licences that forbid business use, without a question.")
@click.option("--original", is_flag=True, help="The authors' checkpoint, converted here; needs the [torch] extra.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.pass_obj
def pull_command(
    opened: Settings | ModelStore, names: tuple[str, ...], accept_licence: bool, original: bool, quiet: bool
) -> None:
    """Fetch models by NAME; "light" is the small set that is free for any use.

    An interrupted download goes on where it stopped. One that fails does not stop the others; the exit status is then 1.
    """
    store = _store(opened)
    wanted, failed = _expanded(store, names)
    silent: set[bool] = set()
    for model in wanted:
        mozilla = model.backend == "firefox"
        if mozilla in silent:
            click.echo(f"✗ {model.name}: not tried, its server did not answer just now.", err=True)
            continue
        try:
            _pull(store, model, accept=accept_licence, original=original, quiet=quiet)
        except HubError as error:
            failed = True
            _fail(model.name, error)
            if not isinstance(error, HubRefusedError):
                silent.add(mozilla)
        except KhabarError as error:
            failed = True
            _fail(model.name, error)
        except KeyboardInterrupt:
            click.echo("Stopped. The same command goes on from here.", err=True)
            sys.exit(INTERRUPTED)
    sys.exit(1 if failed else 0)


@models.command("import")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--backend", type=click.Choice(BACKENDS), default=None, help="Kind of a model outside of the catalogue.")
@click.option("--pairs", default="", metavar="PAIRS", help="Its directions: en-ru,ru-en.")
@click.option("--languages", default="", metavar="CODES", help="Its languages, if it goes from any to any: en,ru,ps.")
@click.pass_obj
def import_command(
    opened: Settings | ModelStore, name: str, path: Path, backend: Backend | None, pairs: str, languages: str
) -> None:
    """Copy a model from PATH, a folder or a .tar, .tar.gz or .zip archive, and make it ready."""
    from pipelines.languages import Language  # noqa: PLC0415
    from pipelines.store.catalogue import pairs_of  # noqa: PLC0415

    try:
        directions = pairs_of(pairs)
        codes = tuple(Language(code.strip()) for code in languages.split(",") if code.strip())
    except ValueError as error:
        raise click.UsageError(f"--pairs, --languages: {error}.") from error
    try:
        store = _store(opened)
        model = store.import_model(
            name, path, backend=backend, pairs=directions, languages=codes, progress=_progress(quiet=False)
        )
    except KhabarError as error:
        _fail(name, error)
        sys.exit(1)
    click.echo(f"✓ {name}: imported, {_size(model.bytes)}. Licence: {model.licence}.")


@models.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.pass_obj
def verify_command(opened: Settings | ModelStore, names: tuple[str, ...]) -> None:
    """Hash every file of the models again (of all that are installed, without a NAME)."""
    store = _store(opened)
    failed = False
    for name in names or sorted({*store.installed_by_name(), *store.damaged()}):
        try:
            problems = store.verify(name)
        except KhabarError as error:
            failed = True
            _fail(name, error)
            continue
        for problem in problems:
            failed = True
            click.echo(f"✗ {name}: {problem.path} {problem.what}", err=True)
        if not problems:
            click.echo(f"✓ {name}")
    sys.exit(1 if failed else 0)


@models.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove_command(opened: Settings | ModelStore, names: tuple[str, ...], yes: bool) -> None:
    """Delete models, and what an interrupted pull left of them."""
    store = _store(opened)
    if not yes:
        click.confirm(f"Delete {', '.join(names)}?", abort=True)
    failed = False
    for name in names:
        try:
            click.echo(f"✓ {name}: removed, {_size(store.remove(name))} freed.")
        except KhabarError as error:
            failed = True
            _fail(name, error)
    sys.exit(1 if failed else 0)


def _store(opened: Settings | ModelStore) -> ModelStore:
    """The store of the settings, or the one that the caller has open already."""
    from bot.settings import Settings  # noqa: PLC0415

    if not isinstance(opened, Settings):
        return opened
    from bot.backends import model_store  # noqa: PLC0415

    return model_store(opened)


def _expanded(store: ModelStore, names: Sequence[str]) -> tuple[list[CatalogueModel], bool]:
    """Models that the names stand for, each once, and whether a name stood for none."""
    found: dict[str, CatalogueModel] = {}
    failed = False
    for name in names:
        try:
            found.update((model.name, model) for model in store.catalogue.expand(name))
        except KhabarError as error:
            failed = True
            _fail(name, error)
    return list(found.values()), failed


def _pull(store: ModelStore, model: CatalogueModel, *, accept: bool, original: bool, quiet: bool) -> None:
    def agreed(asked: CatalogueModel) -> bool:
        if accept:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        click.echo(f"{asked.name}: {asked.licence} forbids business use ({asked.licence_url}).", err=True)
        return click.confirm("Does that fit what you do?", default=False, err=True)

    if not quiet:
        business = "" if model.commercial else ", no business use"
        click.echo(f"{model.name}: {model.summary}. Licence: {model.licence}{business} ({model.licence_url})", err=True)
    found = store.pull(model.name, progress=_progress(quiet=quiet), accept_licence=agreed, original=original)
    if not quiet:
        from bot.models_view import short  # noqa: PLC0415

        click.echo(f"✓ {model.name}: ready, {_size(found.bytes)}, revision {short(found.revision)}.")


def _progress(*, quiet: bool) -> Progress:
    from bot.models_view import BarProgress, LineProgress  # noqa: PLC0415
    from pipelines.store.progress import Progress  # noqa: PLC0415

    if quiet:
        return Progress()
    return BarProgress() if sys.stderr.isatty() else LineProgress()


def _size(count: int) -> str:
    from bot.models_view import size  # noqa: PLC0415

    return size(count)


def _fail(name: str, error: KhabarError) -> None:
    click.echo(f"✗ {name}: {' '.join(str(error).split())}", err=True)
