"""Translation by a chat server: sentences with their names' forms → the same sentences, each by its id.

Requests of one language pair share a call, as many as ``max_tokens_per_call`` allows; calls run side by side. A sentence whose
answer is missing or unusable is asked for once more, alone, and then fails alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from pipelines.chat import prompts
from pipelines.chat.answers import AnswerError, read_translations
from pipelines.chat.budget import estimate
from pipelines.chat.client import ChatClient, Prompt
from pipelines.chat.failures import DivisibleError
from pipelines.errors import BackendError
from pipelines.languages import READ, READER, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipelines.translate.base import NameUse, TranslationRequest

    Outcome = str | BackendError | AnswerError

SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "translations": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "integer"}, "text": {"type": "string"}},
                "required": ["id", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["translations"],
    "additionalProperties": False,
}
MAX_SENTENCES: Final = 20
"""Sentences in one call: small models lose count of more."""
_VARIETIES: Final = {Language.DARI: "Dari of Afghanistan", Language.PERSIAN: "Persian of Iran"}


class ChatTranslator:
    """A ``Translator`` on a chat server."""

    names: NameUse = "glossary"

    def __init__(self, client: ChatClient, *, name: str = "chat") -> None:
        self._client = client
        self.name = name
        usages = (f"usage_{language}" for language in READER)
        self.revision = prompts.revision(client.options, "translate", "careful", *usages)

    def supports(self, source: Language, target: Language) -> bool:
        """True for every pair of different languages that Khabar reads and answers in."""
        return source in READ and target in READER and source != target

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request, same order. See ``Translator``."""
        outcomes: dict[int, Outcome] = {}
        possible = []
        for place, request in enumerate(requests):
            if self.supports(request.source, request.target):
                possible.append(place)
            else:
                pair = f"{request.source.names.english} into {request.target.names.english}"
                outcomes[place] = BackendError(f"The chat back-end does not translate {pair}.")
        calls = _calls(requests, possible, self._client.options.max_tokens_per_call)
        outcomes |= self._side_by_side(requests, calls, careful=False)
        unusable = [place for place, outcome in outcomes.items() if isinstance(outcome, AnswerError)]
        # Alone, and with another prompt: at temperature 0 the same one would bring the same answer
        outcomes |= self._side_by_side(requests, [[place] for place in unusable], careful=True)
        return [_final(outcomes[place]) for place in range(len(requests))]

    def close(self) -> None:
        """Close the client's connections. A later ``translate`` opens new ones."""
        self._client.close()

    def _side_by_side(
        self, requests: Sequence[TranslationRequest], calls: Sequence[Sequence[int]], *, careful: bool
    ) -> dict[int, Outcome]:
        if len(calls) <= 1:
            parts = [self._ask(requests, places, careful=careful) for places in calls]
        else:
            workers = min(self._client.options.concurrency, len(calls))
            with ThreadPoolExecutor(workers, thread_name_prefix="chat") as pool:
                parts = list(pool.map(lambda places: self._ask(requests, places, careful=careful), calls))
        return {place: outcome for part in parts for place, outcome in part.items()}

    def _ask(
        self, requests: Sequence[TranslationRequest], places: Sequence[int], *, careful: bool
    ) -> dict[int, Outcome]:
        """Place → translation, failure or what is wrong with the answer, for all of ``places`` (one language pair)."""
        chosen = [requests[place] for place in places]
        ids = dict(enumerate(places, start=1))
        try:
            said = read_translations(self._client.ask(_prompt(chosen, careful=careful)), ids.keys())
        except DivisibleError as error:
            if len(places) == 1:
                return {places[0]: error}
            half = len(places) // 2
            return self._ask(requests, places[:half], careful=careful) | self._ask(
                requests, places[half:], careful=careful
            )
        except (BackendError, AnswerError) as error:
            return dict.fromkeys(places, error)
        outcomes: dict[int, Outcome] = {ids[number]: text for number, text in said.texts.items()}
        outcomes |= {ids[number]: AnswerError(what) for number, what in said.problems.items()}
        return outcomes


def _final(outcome: Outcome) -> str | BackendError:
    if isinstance(outcome, AnswerError):
        return BackendError(f"The chat model's translation could not be used: the answer {outcome}.", retryable=True)
    return outcome


def _calls(requests: Sequence[TranslationRequest], places: Iterable[int], limit: int) -> list[list[int]]:
    """Places that share a call: one pair, ``limit`` estimated tokens, no name with two forms; careful ones alone."""
    calls: list[list[int]] = []
    last: dict[tuple[Language, Language], tuple[list[int], int, dict[str, str]]] = {}
    for place in places:
        request = requests[place]
        pair, names, tokens = (request.source, request.target), _names(request), _tokens(request)
        if request.careful:
            calls.append([place])
            continue
        call, used, known = last.get(pair, ([], 0, {}))
        clash = any(known.get(source, target) != target for source, target in names.items())
        if not call or used + tokens > limit or len(call) >= MAX_SENTENCES or clash:
            call, used, known = [], 0, {}
            calls.append(call)
        call.append(place)
        last[pair] = (call, used + tokens, known | names)
    return calls


def _names(request: TranslationRequest) -> dict[str, str]:
    """The form to use for each name as it stands in the sentence. A text locked twice keeps its first form."""
    names: dict[str, str] = {}
    for lock in request.names:
        if lock.forms:
            names.setdefault(lock.text, lock.forms[0])
    return names


def _tokens(request: TranslationRequest) -> int:
    names = _names(request)
    return estimate(request.text) + estimate(request.context) + estimate("".join([*names, *names.values()]))


def _prompt(requests: Sequence[TranslationRequest], *, careful: bool) -> Prompt:
    source, target = requests[0].source, requests[0].target
    system = prompts.prompt(
        "translate",
        source=_VARIETIES.get(source, source.names.english),
        target=_VARIETIES.get(target, target.names.english),
        usage=prompts.prompt(f"usage_{target}"),
    )
    if careful or requests[0].careful:
        system += "\n" + prompts.prompt("careful")
    return Prompt(system=system, user=prompts.data(_material(requests)), name="translations", schema=SCHEMA)


def _material(requests: Sequence[TranslationRequest]) -> dict[str, Any]:
    """What the model is given. A context that all share is given once, others beside their sentences."""
    contexts = {request.context for request in requests}
    shared = len(contexts) == 1
    sentences: list[dict[str, Any]] = []
    for number, request in enumerate(requests, start=1):
        own = {} if shared or not request.context else {"context": request.context}
        sentences.append({"id": number, "text": request.text, **own})
    names = {source: form for request in requests for source, form in _names(request).items()}
    material: dict[str, Any] = {"from": requests[0].source.names.english, "to": requests[0].target.names.english}
    if shared and (context := contexts.pop()):
        material["context"] = context
    if names:
        material["glossary"] = [{"source": name, "target": form} for name, form in names.items()]
    return material | {"sentences": sentences}
