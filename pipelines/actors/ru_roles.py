"""The role that a Russian sentence states for a name: title before it, apposition behind it, verbs of office.

"глава МИД РФ Лавров", "Лавров, министр иностранных дел", "Лавров занимает пост министра". The noun that opens the role must be a
title noun and stand in the name's case, which tells *спецпредставитель* from *президента* in "спецпредставитель президента РФ
Замир Кабулов". The role is answered in the article's words with that noun and its adjectives in the nominative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.actors.ru_morph import agree, passive, readings
from pipelines.actors.ru_phrase import (
    AGE,
    BREAKS,
    MAX_ROLE_LENGTH,
    MAX_ROLE_WORDS,
    begin,
    dependent,
    end,
    honorific,
    in_case,
    opens_title,
    spoken,
)
from pipelines.actors.ru_text import in_class, title_class

if TYPE_CHECKING:
    from pipelines.actors.ru_morph import Case
    from pipelines.actors.ru_text import RussianSentence

_DASHES: Final = frozenset("—–-")


def before(text: RussianSentence, first: int, case: Case | None) -> tuple[str | None, int]:
    """Role whose words end right before word ``first``, and the word it begins at (``first`` where there is none)."""
    name = first
    if case == "gen" and _in_nominative_apposition(text, name):
        case = "nom"
    while honorific(text, first - 1):
        first -= 1
    found = _heads_before(text, first, case)
    if not found:
        return None, name
    head, stop = _choice(text, found, first)
    if _object(text, head, name):
        return None, name
    opening, acting = begin(text, head)
    role = spoken(text, opening, head, stop, acting=acting)
    if role and stop < first and text.lower(stop - 1) == "и":
        # "музыкант и актёр X": both titles are his
        second = spoken(text, stop, next(i for i in found if i >= stop), first, acting=False)
        first_role = spoken(text, opening, head, stop - 1, acting=acting)
        role = f"{first_role} и {second}" if first_role and second else first_role
    return (role, opening) if role else (None, name)


def after(text: RussianSentence, last: int, case: Case | None) -> str | None:
    """Role in apposition behind the name that ends before word ``last``: ", министр …", "(глава …)", "— президент …"."""
    mark = text.word(last)
    if mark == ",":
        role = _apposition(text, last + 1, case)
        if role is None and in_class(text.word(last + 1), "relative"):
            role = verbal(text, last + 2)
        return role or _participle(text, last + 1)
    if mark == "(":
        return _apposition(text, last + 1, "nom") or _apposition(text, last + 1, case)
    if mark in _DASHES and case == "nom":
        return _apposition(text, last + 1, "nom")
    return None


def introduced(text: RussianSentence, first: int, last: int, case: Case | None) -> str | None:
    """Role before a name between commas: "Пресс-секретарь Трампа, Сара Сандерс, сказала"."""
    if text.word(first - 1) != "," or text.word(last) not in (",", ".", ""):
        return None
    found = [i for i in _heads_before(text, first - 1, case) if text.words[i].number != "Plur"]
    if not found:
        return None
    opening, acting = begin(text, found[0])
    if opening > 0 and (text.word(opening - 1) == "," or text.words[opening - 1].pos == "CCONJ"):
        return None  # a list of people
    return spoken(text, opening, found[0], first - 1, acting=acting)


def verbal(text: RussianSentence, at: int) -> str | None:
    """Role by a verb of office behind the name: "является послом", "назначен министром", "возглавляет МИД"."""
    for index in range(at, min(at + 4, len(text))):
        word = text.word(index)
        if word in BREAKS or text.name_at(index):
            return None
        if in_class(word, "copula") and (not in_class(word, "appoint") or passive(text.lower(index))):
            return _instrumental(text, index + 1)
        if text.words[index].finite or text.words[index].pos == "VERB":
            return _office(text, index)
    return None


def appointed(text: RussianSentence, first: int, last: int) -> str | None:
    """Role in "назначил X послом": a name in the accusative between a verb of appointing and an instrumental."""
    verbs = range(max(0, first - 8), first)
    if any(in_class(text.word(i), "appoint") and text.words[i].pos == "VERB" for i in verbs):
        return _instrumental(text, last)
    return None


def shared(text: RussianSentence, names: list[tuple[int, int]]) -> list[str] | None:
    """Roles of several names behind one title in the plural: "главы МИД России и Ирана Сергей Лавров и Аббас Аракчи"."""
    first = names[0][0]
    case = text.name_case(*names[0])
    head = next((i for i in _heads_before(text, first, None) if _several(text.word(i), case)), None)
    if head is None:
        return None
    opening, _ = begin(text, head)
    owners = _coordinated(text, head + 1, first)
    if len(owners) == len(names) and all(text.words[i].pos != "ADJ" for i in (owners[0][0] - 1, owners[0][1] - 1)):
        stop, tails = owners[0][0], [text.between(*owner) for owner in owners]
        roles = [spoken(text, opening, head, stop, acting=False, tail=tail) for tail in tails]
    else:
        roles = [spoken(text, opening, head, first, acting=False)] * len(names)
    return [role for role in roles if role] if all(roles) else None


def _heads_before(text: RussianSentence, first: int, case: Case | None) -> list[int]:
    """Title nouns left of the name, in its case, with nothing but their own dependents between them and the name."""
    found: list[int] = []
    for index in range(first - 1, max(-1, first - 1 - MAX_ROLE_WORDS), -1):
        if text.name_at(index) is None and opens_title(text, index):
            acting = begin(text, index)[1]
            related = text.words[first].relation == "appos" and text.words[first].head == index and case != "gen"
            if (acting or related or in_case(text, index, case)) and not _possessed(text, index, first, case):
                found.append(index)
        if not dependent(text, index, first):
            break
    return sorted(found)


def _in_nominative_apposition(text: RussianSentence, first: int) -> bool:
    """A foreign name read as a genitive in part only, "Хамдулла Фитрат", that the parser hangs on a nominative title."""
    name, word = text.name_at(first), text.words[first]
    return (
        name is not None
        and word.relation == "appos"
        and text.case(word.head) == "nom"
        and any(text.words[i].case == "Nom" for i in range(name.first, name.last))
    )


def _object(text: RussianSentence, head: int, first: int) -> bool:
    """The name is no apposition but hangs on a word inside the role: "подозреваемого в убийстве Симса"."""
    word = text.words[first]
    return word.relation == "nmod" and head < word.head < first and not title_class(text.word(word.head))


def _several(word: str, case: Case | None) -> bool:
    """True for what can only be a plural in ``case``. The tagger in context reads "Главы МИД" as one head's genitive."""
    numbers = {reading.number for reading in readings(word) if case in (reading.case, None)}
    return numbers == {"plur"}


def _possessed(text: RussianSentence, head: int, first: int, case: Case | None) -> bool:
    """The name right behind is whose the title is: "встреча советника Обамы", "вдова Денисова"."""
    if case != "gen" or head != first - 1:
        return False
    relational = title_class(text.word(head)) == "kin" or in_class(text.word(head), "relational")
    return relational and not (text.words[first].relation == "appos" and text.words[first].head == head)


def _choice(text: RussianSentence, found: list[int], first: int) -> tuple[int, int]:
    """Of several title nouns in the name's case, the one the role opens with, and where the role stops.

    In "начальник Генштаба генерал армии Герасимов" the post goes before the rank; in "спецпредставителя президента РФ Замира
    Кабулова" both are genitives, and the parser, then the order, says whose the second is.
    """
    found = [i for i in found if text.words[i].number != "Plur"] or found  # "кандидат в мэры"
    for at in range(len(found) - 1):
        if any(name.kind == "PER" and found[at] < name.first < found[at + 1] for name in text.names):
            # "госсекретаря США Джона Керри с министром Лавровым": the first title has its name
            return _choice(text, found[at + 1 :], first)
    if len(found) == 1:
        return found[0], first
    head, second = found[0], found[1]
    classes = title_class(text.word(head)), title_class(text.word(second))
    if classes[1] == "rank" and classes[0] != "rank":
        return head, begin(text, second)[0]
    if classes[0] == "rank" and classes[1] != "rank":
        return second, first
    if text.lower(begin(text, second)[0] - 1) == "и":
        return head, begin(text, second)[0]
    if text.case(head) == "nom" or text.words[second].relation == "appos":
        return head, begin(text, second)[0]
    if in_class(text.word(head), "deputy"):
        return head, first
    by_parser = text.words[first].head
    if by_parser in found and text.words[first].relation == "appos":
        return by_parser, first
    return head, first


def _apposition(text: RussianSentence, at: int, case: Case | None) -> str | None:
    """Role that opens at word ``at`` in ``case``; None where it is the title of another name."""
    if AGE.match(text.word(at)):
        at += 1
    if text.lower(at + 1) == "из" and in_class(text.word(at), "one"):
        return _one_of(text, at)
    head = next((i for i in range(at, min(at + 7, len(text))) if _opens(text, i, case)), None)
    if head is None:
        return None
    opening, acting = begin(text, head)
    if opening != at:
        return None
    stop = end(text, head)
    following = text.name_at(stop)
    if following is not None and following.kind == "PER":
        return None
    return spoken(text, opening, head, stop, acting=acting)


def _one_of(text: RussianSentence, at: int) -> str | None:
    """ "один из защитников", in any case."""
    head = next((i for i in range(at + 2, min(at + 8, len(text))) if title_class(text.word(i))), None)
    if head is None or begin(text, head)[0] != at + 2:
        return None
    one = "одна" if text.words[at].gender == "Fem" else "один"
    role = f"{one} {text.between(at + 1, end(text, head))}"
    return role if len(role) <= MAX_ROLE_LENGTH else None


def _opens(text: RussianSentence, index: int, case: Case | None) -> bool:
    if not opens_title(text, index) or text.words[index].number == "Plur" or text.words[index].finite:
        return False
    return in_case(text, index, case) or begin(text, index)[1]


def _participle(text: RussianSentence, at: int) -> str | None:
    """ ", возглавляющий МИД", ", занимающий пост министра", ", ставший президентом", ", назначенный послом"."""
    if text.words[at].pos not in ("VERB", "ADJ") if at < len(text) else True:
        return None
    if in_class(text.word(at), "copula") or in_class(text.word(at), "appoint"):
        return _instrumental(text, at + 1)
    return _office(text, at)


def _office(text: RussianSentence, verb: int) -> str | None:
    """ "занимает пост министра" and "возглавляет МИД" as "министр" and "глава МИД"."""
    if in_class(text.word(verb), "hold") and in_class(text.word(verb + 1), "post"):
        return _apposition(text, verb + 2, "gen")
    if in_class(text.word(verb), "lead"):
        name = text.name_at(verb + 1)
        if name is not None and name.kind == "ORG":
            return f"глава {_genitive(text, name.first, name.last)}"
    return None


def _genitive(text: RussianSentence, first: int, last: int) -> str:
    head = next((i for i in range(first, last) if text.words[i].pos in ("NOUN", "PROPN")), first)
    words = [text.word(i) for i in range(first, head + 1)]
    forms = agree(words, "gen", source=text.case(head)) or words
    return " ".join(filter(None, (*forms, text.between(head + 1, last))))


def _instrumental(text: RussianSentence, at: int) -> str | None:
    """Role in the instrumental that opens within a few words: "назначен 5 мая послом в Иране"."""
    for opening in range(at, min(at + 4, len(text))):
        if text.word(opening) in BREAKS:
            return None
        role = _apposition(text, opening, "ins")
        if role is not None:
            return role
        if text.name_at(opening):
            return None
    return None


def _coordinated(text: RussianSentence, first: int, last: int) -> list[tuple[int, int]]:
    """States or organisations that end the range, joined by "и" or a comma."""
    found: list[tuple[int, int]] = []
    stop = last
    while True:
        name = text.name_at(stop - 1)
        if name is None or name.kind == "PER" or name.first < first:
            return found
        found.insert(0, (name.first, name.last))
        if text.lower(name.first - 1) not in ("и", ","):
            return found
        stop = name.first - 1
