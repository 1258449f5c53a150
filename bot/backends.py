"""Settings → what they switch on: the model store, the translation flow, the summariser. Built on first use, nothing loaded.

The command line and, later, the bot's composition root come here; stages never do.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from pipelines.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from pipelines.chat.client import ChatClient
    from pipelines.store.manifest import InstalledModel
    from pipelines.store.store import ModelStore
    from pipelines.summarise.base import Summariser
    from pipelines.translate.flow import TranslationFlow


@cache
def model_store(settings: Settings) -> ModelStore:
    """The store of installed models; opens no file and no connection."""
    from pipelines.store.network import HUB, Network  # noqa: PLC0415
    from pipelines.store.store import ModelStore  # noqa: PLC0415

    network = Network(
        endpoint=settings.models_endpoint or HUB,
        records_url=settings.models_records or None,
        proxy=settings.models_proxy or None,
        token=settings.models_token or None,
        offline=settings.offline,
    )
    return ModelStore(settings.models_dir, network)


@cache
def chat_client(settings: Settings) -> ChatClient | None:
    """The client of the chat server, None where the operator set none."""
    if not settings.chat_url:
        return None
    from pipelines.chat.client import ChatClient, ChatOptions  # noqa: PLC0415

    return ChatClient(
        ChatOptions(
            url=settings.chat_url,
            model=settings.chat_model,
            key=settings.chat_key,
            timeout=settings.chat_seconds,
            concurrency=settings.chat_calls,
            token_budget=settings.chat_tokens or None,
        )
    )


@cache
def translation_flow(settings: Settings) -> TranslationFlow:
    """The flow over every installed back-end, cached as the settings say.

    Raises ``ModelMissingError`` where ``KHABAR_TRANSLATORS`` names a back-end that is not there: an operator's list that is
    quietly shortened would not be the operator's.
    """
    from pipelines import registry  # noqa: PLC0415
    from pipelines.translate.cached import CachedTranslator, SqliteCache  # noqa: PLC0415
    from pipelines.translate.flow import TranslationFlow  # noqa: PLC0415
    from pipelines.translate.preference import chooser  # noqa: PLC0415

    translators = registry.translators(_installed(settings), threads=settings.threads, chat=chat_client(settings))
    present = {translator.name for translator in translators}
    if absent := [name for name in settings.translators if name not in present]:
        raise _absent(absent[0], sorted(present))
    if settings.cache is not None:
        kept = SqliteCache(settings.cache, now=time.time)
        # Persian for Dari readers takes no longer than the look-up would
        translators = [t if t.name == "dari" else CachedTranslator(t, kept) for t in translators]
    return TranslationFlow(chooser(translators, settings.translators))


def installed_translators(settings: Settings) -> list[str]:
    """Names of the translation back-ends that are ready."""
    from pipelines import registry  # noqa: PLC0415

    return [translator.name for translator in registry.translators(_installed(settings), chat=chat_client(settings))]


def summariser(settings: Settings) -> Summariser | None:
    """The summariser that the settings name, None for the embedded one. Raises ``ModelMissingError`` where it is not there."""
    if settings.summariser == "centroid":
        return None
    from pipelines import registry  # noqa: PLC0415

    return registry.drafting_summariser(
        settings.summariser, _installed(settings), chat=chat_client(settings), threads=settings.threads
    )


def _installed(settings: Settings) -> Sequence[InstalledModel]:
    """Models that can be used; a damaged one is told by ``khabar models list`` and left out here with a warning."""
    import logging  # noqa: PLC0415

    found = []
    for model in model_store(settings).all_installed():
        if isinstance(model, ModelError):
            logging.getLogger(__name__).warning("%s", model)
        else:
            found.append(model)
    return found


def _absent(name: str, present: Sequence[str]) -> ModelMissingError:
    from pipelines.errors import UnknownModelError  # noqa: PLC0415
    from pipelines.store.catalogue import find  # noqa: PLC0415

    have = f"Ready are: {', '.join(present)}."
    if name == "chat":
        return ModelMissingError(f"KHABAR_TRANSLATORS names “chat”, but KHABAR_CHAT_URL is not set. {have}")
    try:
        find(name)
    except UnknownModelError:
        return ModelMissingError(f"KHABAR_TRANSLATORS names “{name}”, which is no back-end that is installed. {have}")
    command = f"khabar models pull {name}"
    return ModelMissingError(
        f"KHABAR_TRANSLATORS names “{name}”, which is not installed. To install it: {command}. {have}", command=command
    )
