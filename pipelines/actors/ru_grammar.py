"""How a name stands in its sentence: who acts, who is acted upon, what only says where.

Word range → ``Part``, by the parser's relations (Universal Dependencies): "США ввели санкции" acts, "переговоры с Ираном" has a
party, "взрыв в Иране" names a place, "экономика Ирана" neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pipelines.actors.ru_text import in_class

if TYPE_CHECKING:
    from pipelines.actors.ru_text import RussianSentence

Part = Literal["agent", "party", "place", "other"]

_TRANSPARENT: Final = frozenset({"conj", "appos", "flat", "flat:name", "flat:foreign", "fixed", "compound"})
"""Relations by which a word shares the part of the one it hangs on: "Россия и Китай", "движение «Талибан»"."""


def part(text: RussianSentence, first: int, last: int) -> Part:
    """The part that the words ``first`` to ``last`` (exclusive) play."""
    word = _root(text, first, last)
    own = _preposition(text, word, first)
    for _ in range(4):
        relation = text.words[word].relation
        preposition = own or _preposition(text, word, first)
        if preposition:
            return "party" if in_class(preposition, "party") else "place" if in_class(preposition, "place") else "other"
        if relation not in _TRANSPARENT or text.words[word].head < 0:
            break
        word = text.words[word].head
        if word < first and text.words[word].pos == "VERB":
            break
    return _by_relation(text, word)


def _by_relation(text: RussianSentence, word: int) -> Part:
    relation, case = text.words[word].relation, text.case(word)
    if relation.startswith("nsubj") or (relation == "root" and case == "nom"):
        return "agent"
    if relation == "obl" and case == "ins":
        return "agent"
    if relation in ("obj", "iobj") or (relation == "obl" and case == "dat"):
        return "party"
    return "other"


def _root(text: RussianSentence, first: int, last: int) -> int:
    return next((i for i in range(first, last) if not first <= text.words[i].head < last), first)


def _preposition(text: RussianSentence, word: int, first: int) -> str:
    """The preposition of ``word``, or one right before the range, in lower case."""
    found = next((w.text for w in text.words[:word] if w.relation == "case" and w.head == word), "")
    if not found and first > 0 and text.words[first - 1].pos == "ADP":
        found = text.word(first - 1)
    return found.casefold()
