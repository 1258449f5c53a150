"""The whole way of one article, top to bottom: page → article → sentences → summary, actors, warnings → translations → digest.

Reads no settings and no clock of its own; every choice is in ``DigestOptions``. One page that fails raises a
``KhabarError``; ``digest_all`` turns that into a ``StageFailure`` so that the others stand.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from pipelines import registry
from pipelines.errors import InternalError, KhabarError, NoDigestError, ReadError, TooShortError, UnknownLanguageError
from pipelines.languages import READ, Language
from pipelines.models import Article, Digest, ExtractedArticle, StageFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipelines.models import Actor, LanguageGuess, Page, Sentence, Summary, Warning
    from pipelines.summarise.base import Summariser, SummaryLength
    from pipelines.translate.flow import TranslationFlow

log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")

MIN_WORDS: Final = 70
"""Under about eighty words a digest would only repeat the text; titles and standfirsts make up the difference."""

ACTORS_READ: Final = 30_000
"""Code points of an article that are read for actors: who matters to a story is named before its fifteenth page."""

CONFIDENCE_FLOOR: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """What the reader asked for. ``language`` overrides identification; ``clock`` answers seconds.

    ``summariser`` is None for the embedded one. ``targets`` are the readers' languages, translated where ``translation`` has a
    back-end for the pair.
    """

    length: SummaryLength
    language: Language | None = None
    summariser: Summariser | None = None
    targets: tuple[Language, ...] = ()
    translation: TranslationFlow | None = None
    clock: Callable[[], float] = field(default=time.perf_counter)


def digest(page: Page, options: DigestOptions) -> Digest:
    """Digest of one page. Raises ``KhabarError`` where the page holds no article that Khabar can read."""
    watch = _Watch(options.clock)
    extracted = watch("extract", lambda: extract(page))
    try:
        language = watch("identify", lambda: language_of(extracted, options.language))
        article = _article(page, extracted, language)
        _long_enough(article)
    except NoDigestError as error:
        error.extracted = extracted
        raise
    return _digested(article, options, watch)


def digest_again(article: Article, options: DigestOptions) -> Digest:
    """Digest of an article that was read before, at another length or by another summariser."""
    return _digested(article, options, _Watch(options.clock))


def _digested(article: Article, options: DigestOptions, watch: _Watch) -> Digest:
    sentences = watch("segment", lambda: _segment(article))
    summariser = options.summariser or registry.summariser(article.language)
    summary = watch("summarise", lambda: summariser.summarise(article, sentences, options.length))
    actors = watch("actors", lambda: find_actors(article, sentences))
    warnings = watch("verify", lambda: _verify(article, sentences, summary))
    made = Digest(
        article=article,
        sentences=tuple(sentences),
        summary=summary,
        actors=tuple(actors),
        translations={},
        warnings=(*summary.warnings, *warnings),
        timings_ms=watch.timings,
    )
    flow = options.translation
    if flow is None or not options.targets:
        return made
    return watch("translate", lambda: _translated(made, options.targets, flow))


def digest_all(
    pages: Iterable[tuple[str, Page | StageFailure]], options: DigestOptions
) -> Iterable[Digest | StageFailure]:
    """One answer for each ``(source, page)``, in order; a failure is a value and stops no other."""
    for source, page in pages:
        if isinstance(page, StageFailure):
            yield page
            continue
        try:
            yield digest(page, options)
        except KhabarError as error:
            yield StageFailure(source=source, error=error)
        except Exception as error:  # a batch outlives a bug, and the bug is said, not hidden
            log.exception("digest failed")
            yield StageFailure(source=source, error=InternalError.of(error))


def extract(page: Page) -> ExtractedArticle:
    """Text, title, author, date and outlet of a page, by its media type."""
    match page.content_type:
        case "application/pdf":
            from pipelines.extract.documents import extract_pdf  # noqa: PLC0415

            return extract_pdf(page.body)
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            from pipelines.extract.documents import extract_docx  # noqa: PLC0415

            return extract_docx(page.body)
        case "application/json":
            return _extract_json(page)
        case "text/html" | "application/xhtml+xml" | "application/xml" | "text/xml":
            from pipelines.extract.page import extract_page  # noqa: PLC0415
            from pipelines.fetch.charset import decode  # noqa: PLC0415

            return extract_page(decode(page.body, declared=page.charset, html=True), page.final_url or page.url)
        case _:
            from pipelines.extract.pasted import extract_pasted  # noqa: PLC0415
            from pipelines.fetch.charset import decode  # noqa: PLC0415

            return extract_pasted(decode(page.body, declared=page.charset, html=False))


def language_of(extracted: ExtractedArticle, override: Language | None) -> Language:
    """The article's language. Raises ``UnknownLanguageError`` where it is none that Khabar reads."""
    if override is not None:
        return override
    from pipelines.identify import identify  # noqa: PLC0415

    guess: LanguageGuess = identify(f"{extracted.title}\n\n{extracted.text}" if extracted.title else extracted.text)
    if guess.language is Language.UNKNOWN or guess.confidence < CONFIDENCE_FLOOR:
        known = ", ".join(language.names.english for language in READ)
        raise UnknownLanguageError(
            f"The text is in a language that Khabar does not read; it reads {known}. "
            "If it is one of these, say which with --from."
        )
    return guess.language


def find_actors(article: Article, sentences: list[Sentence]) -> list[Actor]:
    """Key actors by falling salience, with names and roles in every language that has a form."""
    from pipelines.actors.localise import localise  # noqa: PLC0415
    from pipelines.actors.resolve import resolve  # noqa: PLC0415

    tagger = registry.tagger(article.language)
    if len(article.text) > ACTORS_READ:
        sentences = [s for s in sentences if s.stop <= ACTORS_READ] or sentences[:1]
        article = replace(article, text=article.text[: sentences[-1].stop], headings=())
    mentions = tagger.tag(article, sentences)
    if article.language is Language.RUSSIAN:
        from pipelines.actors.ru_forms import normal_form  # noqa: PLC0415

        return localise(resolve(article, sentences, mentions, normal_form=normal_form), article.language)
    return localise(resolve(article, sentences, mentions), article.language)


def _extract_json(page: Page) -> ExtractedArticle:
    """An article as JSON: ``text`` (or ``articleBody``) and, if known, ``title``, ``outlet``, ``author``."""
    from pipelines.fetch.charset import decode  # noqa: PLC0415

    try:
        data = json.loads(decode(page.body, declared=page.charset, html=False))
    except ValueError as error:
        raise ReadError(f'The file is no valid JSON ({error}); give an object with a "text" key.') from error
    except RecursionError:
        raise ReadError('The JSON is nested too deeply; give an object with a "text" key.') from None
    source = data.get("source") if isinstance(data, dict) and isinstance(data.get("source"), dict) else data
    text = (data.get("text") or data.get("articleBody")) if isinstance(data, dict) else None
    if not isinstance(text, str) or not isinstance(source, dict):
        raise ReadError('The JSON holds no article; give an object with a "text" key.')

    def line(key: str) -> str | None:
        value = source.get(key)
        return _whole_characters(value).strip() or None if isinstance(value, str) else None

    return ExtractedArticle(
        text=_whole_characters(text).strip(),
        title=line("title"),
        outlet=line("outlet"),
        author=line("author"),
        extractor="json",
    )


def _whole_characters(text: str) -> str:
    """U+FFFD for halves of surrogate pairs: JSON may escape one alone, which no encoding and no library takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _article(page: Page, extracted: ExtractedArticle, language: Language) -> Article:
    return Article(
        url=page.final_url or page.url,
        title=extracted.title,
        outlet=extracted.outlet,
        author=extracted.author,
        published=extracted.published,
        text=extracted.text,
        headings=extracted.headings,
        language=language,
        extractor=extracted.extractor,
    )


def _long_enough(article: Article) -> None:
    words = len(article.text.split())
    if words < MIN_WORDS:
        error = TooShortError(
            f"The text has {words} words; a digest needs at least {MIN_WORDS}. Send the whole article, or read it as it is.",
            words=words,
            needed=MIN_WORDS,
        )
        error.language = article.language.value
        raise error


def _segment(article: Article) -> list[Sentence]:
    from pipelines.segment import segment  # noqa: PLC0415

    return segment(article.text, article.language, article.headings)


def _translated(made: Digest, targets: tuple[Language, ...], flow: TranslationFlow) -> Digest:
    from pipelines.translate.digests import translate_digests  # noqa: PLC0415

    (translated,) = translate_digests([made], targets, flow)
    return translated


def _verify(article: Article, sentences: list[Sentence], summary: Summary) -> list[Warning]:
    from pipelines.verify import verify_summary  # noqa: PLC0415

    return verify_summary(article, sentences, summary)


class _Watch:
    """Runs a stage and notes its milliseconds under its name."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.timings: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], _Answer]) -> _Answer:
        start = self._clock()
        answer = work()
        self.timings[stage] = round((self._clock() - start) * 1000, 1)
        return answer
