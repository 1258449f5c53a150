"""Misspelt, foreign and left-over names of a translation → the form that the lock asks for.

Translation, locks → the same text with only the names' own spans changed, and what was changed. A name that is spelt in a known
way stays, but for a spelling that only the sister language has (Tehran's in a Dari text) and for the other sex's case
("Меркелем"). Repairing a repaired text changes nothing.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.localise import pashto_oblique
from pipelines.languages import Language
from pipelines.tables import word_class
from pipelines.text import spelling
from pipelines.translate.names_case import CASES, in_case, inflected, shown_cases
from pipelines.translate.names_find import standing
from pipelines.translate.names_forms import borrowed, own, state
from pipelines.translate.names_near import candidates, part_of_longer, similar
from pipelines.translate.names_reading import Reading
from pipelines.translate.names_sound import distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change: ``translated[start:stop] == before`` of the text given, half-open code points; ``key`` is the lock's."""

    start: int
    stop: int
    before: str
    after: str
    key: str


def repair(
    translated: str, *, target: Language, names: Sequence[NameLock], source: str, source_language: Language
) -> tuple[str, list[Repair]]:
    """``translated`` with its names mended, and the changes in order. ``names`` are the locks of ``source``."""
    reading = Reading(translated, target)
    original = Reading(source, source_language)
    by_key: dict[str, list[NameLock]] = defaultdict(list)
    for lock in names:
        if lock.forms and lock.kind != "group":
            by_key[state(lock.key)].append(lock)
    taken: set[int] = set()
    found: list[Repair] = []
    for locks in by_key.values():
        lock = next((one for one in locks if one.usage != "adjective"), locks[0])
        known = standing(reading, lock)
        taken.update(index for first, last in known for index in range(first, last))
        found += _known_spellings(reading, lock, known)
    for locks in by_key.values():
        wanted = [one for one in locks if one.usage != "adjective" and not part_of_longer(one, original, names)]
        missing = len(wanted) - len(standing(reading, wanted[0])) if wanted else 0
        if missing > 0:
            found += _near_misses(reading, original, wanted[0], missing, taken)
    found.sort(key=lambda one: one.start)
    text = translated
    for one in reversed(found):
        text = text[: one.start] + one.after + text[one.stop :]
    return text, found


def _near_misses(reading: Reading, original: Reading, lock: NameLock, most: int, taken: set[int]) -> Iterator[Repair]:
    """The words that sound most like the name, as many as the source has mentions that the translation lacks."""
    hits = []
    for span, name in candidates(reading, lock):
        if taken.isdisjoint(range(*span)) and not _somebody_else(reading, original, lock, span, name):
            written = reading.text[slice(*reading.span(span))]
            hits.append((distance(_letters(written), _letters(name)), span))
    for _, span in sorted(hits):
        if most == 0:
            return
        if not taken.isdisjoint(range(*span)):
            continue
        whole, form = _widened(reading, lock, span, taken)
        if form is None:
            continue
        taken.update(range(*whole))
        most -= 1
        if reading.language.persian and lock.key in termbase.entries():
            form = _at_home(form, lock, reading.language)
        start, stop = reading.span(whole)
        before, after = reading.text[start:stop], _fitted(form, reading, whole, lock)
        if _bare(after) != _bare(before):
            yield Repair(start=start, stop=stop, before=before, after=after, key=lock.key)


def _bare(text: str) -> str:
    """Folded, accents gone as well: San José is no misspelling of San Jose."""
    return "".join(c for c in unicodedata.normalize("NFKD", spelling(text)) if not unicodedata.combining(c))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _somebody_else(reading: Reading, original: Reading, lock: NameLock, span: Range, name: str) -> bool:
    """True where another word of the source sounds still more like what stands there: it is that word's translation."""
    written = _letters(reading.text[slice(*reading.span(span))])
    ours = min(distance(written, _letters(name)), *(distance(written, part) for part in lock.text.split()))
    return any(
        len(token.text) > 2
        and not lock.start <= token.start < lock.stop
        and spelling(token.text) not in {spelling(part) for part in lock.text.split()}
        and distance(written, token.text) < ours
        for token in original.tokens
    )


def _widened(reading: Reading, lock: NameLock, span: Range, taken: set[int]) -> tuple[Range, str | None]:
    """The span with the given names before it that sound right, and the form as long; else the form for it alone.

    None for the form where no form sounds like what stands there: "اف بی آی" is no misspelling of another name of the FBI.
    """
    full = lock.forms[0].split(" ")
    written = _letters(reading.text[slice(*reading.span(span))])
    if lock.kind != "person":
        heard = [form for form in lock.forms if similar(written, _letters(form), reading.language)]
        return span, min(
            heard, key=lambda form: (form != lock.forms[0], distance(written, _letters(form))), default=None
        )
    first = span[0]
    for part in reversed(full[:-1]):
        before = first - 1
        if before < 0 or before in taken or not similar(reading.tokens[before].text, part, reading.language):
            break
        if reading.text[reading.tokens[before].stop : reading.tokens[before + 1].start] not in _JOINTS:
            break
        first -= 1
    if len(full) > 1 and first == span[0] - len(full) + 1:
        return (first, span[1]), lock.forms[0]
    return span, _short_form(lock, written, reading.language)


_JOINTS: Final = (" ", "\u200c", "-", "\u00a0")


def _short_form(lock: NameLock, written: str, language: Language) -> str | None:
    """The part of the name that stands alone there: an alias of one word that sounds so, else a word of the full form."""
    alone = [form for form in (*own_forms(lock, language), *lock.forms) if " " not in form]
    alone += list(reversed(lock.forms[0].split(" ")))
    return next((form for form in alone if similar(written, _letters(form), language)), None)


def own_forms(lock: NameLock, language: Language) -> tuple[str, ...]:
    """Forms of a lock that the language has itself; all of them where the termbase does not know it."""
    return own(lock.key, language) if lock.key in termbase.entries() else lock.forms


def _fitted(form: str, reading: Reading, span: Range, lock: NameLock) -> str:
    """``form`` with the case or ezafe of the place."""
    written = reading.text[slice(*reading.span(span))]
    if reading.language is Language.RUSSIAN:
        return in_case(form, reading, span, person=lock.kind == "person", gender=lock.gender)
    if reading.language is Language.PASHTO:
        before = reading.tokens[span[0] - 1].text if span[0] else ""
        oblique = before in word_class("names/classes.tsv", "oblique_ps") or written.endswith("ې")
        return pashto_oblique(form) if oblique else form
    if reading.language.persian and form[-1:] in "او" and written.endswith("ی"):
        return form + "ی"  # the ezafe behind a long vowel
    return form


def _known_spellings(reading: Reading, lock: NameLock, known: Sequence[Range]) -> Iterator[Repair]:
    for span in known:
        start, stop = reading.span(span)
        before = reading.text[start:stop]
        after = before
        if reading.language.persian and lock.kind in ("person", "country") and lock.key in termbase.entries():
            after = _at_home(before, lock, reading.language)
        elif reading.language is Language.RUSSIAN and lock.kind == "person" and lock.gender == "f":
            after = _feminine(before, lock)
        if after != before:
            yield Repair(start=start, stop=stop, before=before, after=after, key=lock.key)


def _at_home(before: str, lock: NameLock, language: Language) -> str:
    """The language's own spelling for one that only its sister has; the ezafe stays."""
    home = own(lock.key, language)
    spelled = spelling(before)
    if spelled in {spelling(form) for form in home}:
        return before
    for form in borrowed(lock.key, language):
        rest = spelled.removeprefix(spelling(form))
        if not spelled.startswith(spelling(form)) or rest not in ("", "ی"):
            continue
        as_long = [own_form for own_form in home if own_form.count(" ") == form.count(" ")]
        if as_long:
            near = min(as_long, key=lambda one: distance(_letters(one), _letters(form)))
            return near + rest
    return before


def _feminine(before: str, lock: NameLock) -> str:
    """A woman's surname that was declined like a man's: "Меркелем" → "Меркель"; anything else as it is."""
    given, _, written = before.rpartition(" ")
    if written.isascii():
        return before
    surname = next((form for form in lock.forms if " " not in form and similar(written, form, Language.RUSSIAN)), "")
    surname = surname or lock.forms[0].rsplit(" ", 1)[-1]
    right = {spelling(inflected(surname, case, person=True, gender="f")) for case in CASES}
    if spelling(written) in right | {spelling(surname)} or not similar(written, surname, Language.RUSSIAN):
        return before
    shown = shown_cases(written, surname, person=True, gender="f")
    mended = inflected(surname, shown[0], person=True, gender="f") if shown else written
    return f"{given} {mended}" if given else mended
