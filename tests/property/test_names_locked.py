"""Names through repair, protection and a channel that copies: only names change, and twice is once."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from pipelines.actors import termbase
from pipelines.languages import Language
from pipelines.translate.locked import locks, protect, restore
from pipelines.translate.repair import repair

TARGETS = (Language.RUSSIAN, Language.DARI, Language.PASHTO, Language.ENGLISH, Language.PERSIAN)
PEOPLE = [e for e in termbase.entries().values() if e.kind in ("person", "country") and e.names.get(Language.ENGLISH)]
_ENTRIES = st.sampled_from(PEOPLE)
_FILL = {
    Language.RUSSIAN: ["сказал", "с", "о", "президента", "встретился", "и", "Он", "Kabulov", "Путина", ","],
    Language.ENGLISH: ["said", "met", "and", "Kabuloff", "He", "the", ","],
}
_ARABIC = ["گفت", "با", "د", "و", "به", "Kabulov", "کابولوف", "را", "،", "سره"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str, Language]:
    """An English sentence with names, and words around spoilt forms of these names in another language."""
    target = draw(st.sampled_from(TARGETS))
    entries = draw(st.lists(_ENTRIES, min_size=1, max_size=3))
    source = " met ".join(entry.names[Language.ENGLISH] for entry in entries) + "."
    words: list[str] = []
    for entry in entries:
        words += draw(st.lists(st.sampled_from(_FILL.get(target, _ARABIC)), max_size=3))
        form = draw(st.sampled_from([entry.names.get(target, "x"), entry.names[Language.ENGLISH]]))
        at = draw(st.integers(0, len(form)))
        words.append(
            draw(st.sampled_from([form, form[:at] + form[at + 1 :], form[:at] + form[at - 1 : at] + form[at:]]))
        )
    return source, " ".join(words), target


@given(cases())
@settings(max_examples=300, deadline=None)
def test_repairing_twice_changes_nothing_more_and_only_spans_change(case: tuple[str, str, Language]) -> None:
    source, text, target = case
    names = locks(source, Language.ENGLISH, target)
    mended, repairs = repair(text, target=target, names=names, source=source, source_language=Language.ENGLISH)
    rebuilt, at = "", 0
    for one in repairs:
        assert at <= one.start < one.stop
        assert text[one.start : one.stop] == one.before != one.after
        rebuilt += text[at : one.start] + one.after
        at = one.stop
    assert rebuilt + text[at:] == mended
    again, more = repair(mended, target=target, names=names, source=source, source_language=Language.ENGLISH)
    assert (again, more) == (mended, [])


@given(st.lists(_ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.key))
@settings(max_examples=200, deadline=None)
def test_a_channel_that_copies_gives_the_names_back(entries: list[termbase.Entry]) -> None:
    source = " , ".join(entry.names[Language.ENGLISH] for entry in entries)
    names = locks(source, Language.ENGLISH, Language.ENGLISH)
    text, slots = protect(source, names)
    restored = restore(text, slots, Language.ENGLISH)
    assert restored is not None
    for slot in slots:
        assert slot.lock.forms[0] in restored or any(form in restored for form in slot.lock.forms)
    for lock in names:
        if lock not in [slot.lock for slot in slots]:
            assert lock.text in restored


@given(st.lists(_ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.key), st.data())
@settings(max_examples=200, deadline=None)
def test_a_channel_that_drops_or_doubles_a_name_is_found_out(
    entries: list[termbase.Entry], data: st.DataObject
) -> None:
    source = " , ".join(entry.names[Language.ENGLISH] for entry in entries)
    text, slots = protect(source, locks(source, Language.ENGLISH, Language.RUSSIAN))
    if not slots:
        return
    stand = data.draw(st.sampled_from(slots)).stand_in.names[Language.ENGLISH][0]
    spoilt = text.replace(stand, data.draw(st.sampled_from(["", f"{stand} {stand}"])))
    assert restore(spoilt, slots, Language.ENGLISH) is None
