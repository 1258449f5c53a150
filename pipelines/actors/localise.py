"""Actors → the forms of their names and roles for each reader's language.

A name comes from the termbase or is composed of a country and a body; a role is said anew from its parts
(``rolephrase``), in each language's order: "специальный посланник России по Афганистану", "د روسیې ځانګړی استازی". Where
a part has no form in a language, that language stays empty: nothing is guessed, nothing transliterated by machine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.composite import composite
from pipelines.actors.rolephrase import BodyOf, RolePhrase, parse
from pipelines.languages import READ, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.role_lexicon import Case, Modifier, Title
    from pipelines.actors.rolephrase import Noun
    from pipelines.models import Actor

_BEFORE_COUNTRY: Final = frozenset({"former", "then", "previous", "current", "late", "new", "acting"})
_PERSIAN_HEADS: Final = ("وزیر ", "معین ", "معاون ", "سرپرست ")


def localise(actors: Sequence[Actor], language: Language) -> list[Actor]:
    """The same actors with ``names`` and ``roles`` filled for every language that has a form."""
    return [replace(actor, names=_names(actor, language), roles=_roles(actor, language)) for actor in actors]


def _names(actor: Actor, language: Language) -> dict[Language, str]:
    entry = termbase.entries().get(actor.key)
    if entry is not None:
        return _filled(entry.names)
    built = composite(actor.name, language) if actor.kind == "organisation" else None
    if built is None:
        return {language: actor.name}
    found = {language: actor.name}
    for lang in READ:
        text = say(BodyOf(body=built.body, owner=built.country), lang, "nom")
        if text and lang != language:
            found[lang] = text[:1].upper() + text[1:] if lang is Language.ENGLISH else text
    return found


def _filled(names: Mapping[Language, str]) -> dict[Language, str]:
    """Dari and Persian lend each other a form that one lacks: readers of both read it as it stands."""
    found = {lang: name for lang, name in names.items() if name}
    for lang, other in ((Language.DARI, Language.PERSIAN), (Language.PERSIAN, Language.DARI)):
        if lang not in found and other in found:
            found[lang] = found[other]
    return found


def _roles(actor: Actor, language: Language) -> dict[Language, str]:
    if not actor.role:
        return {}
    found = {language: actor.role}
    phrase = parse(actor.role, language)
    if phrase is None:
        return found
    entry = termbase.entries().get(actor.key)
    feminine = entry is not None and entry.gender == "f"
    for lang in READ:
        text = say(phrase, lang, "nom", feminine=feminine)
        if lang != language and text:
            found[lang] = text
    return found


def say(noun: Noun, language: Language, case: Case, *, feminine: bool = False) -> str | None:
    """``noun`` in ``language``; ``case`` counts in Russian, and "gen" asks Pashto for its oblique. None if unknown."""
    if isinstance(noun, RolePhrase):
        if language is Language.PASHTO and case != "nom":
            said = _say_role(noun, language, case, feminine=feminine)
            return said and said.removeprefix("د ")
        return _say_role(noun, language, case, feminine=feminine)
    if isinstance(noun, BodyOf):
        return _say_body(noun, language, case)
    return _say_entry(noun, language, case)


def _say_entry(entry: termbase.Entry, language: Language, case: Case) -> str | None:
    name = _filled(entry.names).get(language)
    if name is None:
        return None
    if language is Language.RUSSIAN and case != "nom":
        if case == "gen" and entry.genitive:
            return entry.genitive
        return inflect(name, case, person=entry.kind == "person", gender=entry.gender)
    if language is Language.PASHTO and case != "nom":
        return pashto_oblique(name.removeprefix("د "))
    return name


def _say_body(noun: BodyOf, language: Language, case: Case) -> str | None:
    name = noun.body.names.get(language)
    if name is None and language is Language.DARI:
        name = noun.body.names.get(Language.PERSIAN)
    if name is None:
        return None
    if case != "nom" and language is Language.RUSSIAN:
        name = noun.body.genitive if case == "gen" and noun.body.genitive else inflect(name, case)
    elif case != "nom" and language is Language.PASHTO:
        name = (noun.body.oblique or pashto_oblique(name)).removeprefix("د ")
    if noun.owner is None:
        return name
    owner = say(noun.owner, language, "gen")
    if owner is None:
        return None
    match language:
        case Language.ENGLISH:
            adjective = next(iter(noun.owner.adjectives.get(Language.ENGLISH, ())), owner)
            return f"{adjective} {name}"
        case Language.PASHTO:
            # the genitive's own "د" is set by whoever asks for it: "د طالبانو د مذاکره کوونکي ټیم د مشر"
            return f"{owner} د {name}" if case != "nom" else f"د {owner} {name}"
        case _:
            return f"{name} {owner}"


def _say_role(phrase: RolePhrase, language: Language, case: Case, *, feminine: bool) -> str | None:
    title = _say_title(phrase.title, phrase.modifiers, language, case, feminine=feminine)
    owner = say(phrase.owner, language, "gen") if phrase.owner is not None else ""
    topic = _say_topic(phrase, language) if phrase.topic is not None else ""
    person = _say_entry(phrase.person, language, case) if phrase.person is not None else ""
    if title is None or owner is None or topic is None or person is None:
        return None
    if language is Language.PASHTO and case != "nom" and owner:
        title = f"د {title.removeprefix('د ')}"  # "د روسیې د ولسمشر": whose and the title are two genitives
    text = _ordered(phrase, language, title, owner, topic)
    if person:
        text = f"{text} {person}"
    if phrase.also is not None:
        also = replace(phrase.also, owner=None if phrase.also.owner == phrase.owner else phrase.also.owner)
        second = _say_role(also, language, case, feminine=feminine)
        if second is None:
            return None
        joint = {Language.ENGLISH: " and ", Language.RUSSIAN: " и ", Language.PASHTO: " او "}.get(language, " و ")
        text = f"{text}{joint}{second}"
    return text


def _ordered(phrase: RolePhrase, language: Language, title: str, owner: str, topic: str) -> str:
    match language:
        case Language.ENGLISH:
            if owner and isinstance(phrase.owner, termbase.Entry) and phrase.owner.kind == "country":
                adjective = next(iter(phrase.owner.adjectives.get(Language.ENGLISH, ())), owner)
                standing = [m.names[language] for m in phrase.modifiers if m.key in _BEFORE_COUNTRY]
                lead = " ".join(standing)  # "former Pakistani player"
                title = title.removeprefix(f"{lead} ")
                return " ".join(filter(None, (lead, adjective, title, topic)))
            if owner and isinstance(phrase.owner, RolePhrase) and phrase.owner.person is not None:
                return " ".join(filter(None, (f"{owner}’s", title, topic)))
            return " ".join(filter(None, (title, f"of {_the(phrase.owner)}{owner}" if owner else "", topic)))
        case Language.PASHTO:
            return " ".join(filter(None, (topic, f"د {owner}" if owner else "", title)))
        case _:
            # the ezafe is written behind a long vowel: سخنگو, سخنگوی طالبان
            linked = (
                f"{title}ی" if (owner or topic) and language.arabic_script and title.endswith(("و", "ا")) else title
            )
            return " ".join(filter(None, (linked, owner, topic)))


def _the(noun: Noun | None) -> str:
    if isinstance(noun, termbase.Entry):
        return "" if noun.kind in ("country", "person") else "the "
    if isinstance(noun, BodyOf) and noun.owner is None and not noun.body.acts:  # "of Herat", "for political affairs"
        name = noun.body.names.get(Language.ENGLISH, "")
        return "" if name[:1].isupper() or name.endswith(("affairs", "rights")) else "the "
    return "the "


def _say_title(title: Title, mods: Sequence[Modifier], language: Language, case: Case, *, feminine: bool) -> str | None:
    lang = language if title.names.get(language) or language is not Language.DARI else Language.PERSIAN
    text = title.names.get(lang)
    if text is None:
        return None
    if language is Language.RUSSIAN:
        return _russian_title(title, mods, case, feminine=feminine)
    head: list[str] = []
    tail: list[str] = []
    for modifier in mods:
        if modifier.key == "acting" and (ministry := _ministry(text, language)):
            text = ministry
            continue
        word = modifier.names.get(language) or (
            modifier.names.get(Language.PERSIAN) if language is Language.DARI else None
        )
        if word is None:
            return None
        place = modifier.place.get("fa" if language.persian else str(language), "before")
        (tail if place == "after" else head).append(word)
    if tail and text.startswith(_PERSIAN_HEADS):
        first, _, rest = text.partition(" ")  # "وزیر پیشین امور خارجه": the adjective follows the noun it is of
        return " ".join([*head, first, *tail, rest])
    if head and language is Language.PASHTO and text.startswith("د "):
        rest, _, noun = text.rpartition(" ")  # "د بهرنیو چارو پخوانی وزیر"
        return " ".join([rest, *head, noun, *tail])
    return " ".join([*head, text, *tail])


def _ministry(title: str, language: Language) -> str | None:
    """ "Acting minister" in Afghan usage is the caretaker of the ministry: سرپرست وزارت …, د … وزارت سرپرست."""
    if language.persian and title.startswith("وزیر "):
        return f"سرپرست وزارت {title.removeprefix('وزیر ')}"
    if language is Language.PASHTO and title.endswith(" وزیر"):
        return f"{title.removesuffix(' وزیر')} وزارت سرپرست"
    return None


def _russian_title(title: Title, mods: Sequence[Modifier], case: Case, *, feminine: bool) -> str | None:
    governed = any(m.place.get("ru") == "gen" for m in mods)
    text = title.cases["gen" if governed else case]
    if case == "nom" and not governed and feminine and title.feminine:
        text = title.feminine
    if not text:
        return None
    words = []
    for modifier in mods:
        word = (
            modifier.feminine
            if feminine and modifier.feminine and text == title.feminine
            else modifier.names.get(Language.RUSSIAN)
        )
        if not word:
            return None
        words.append(word if case == "nom" else inflect(word, case))
    return " ".join([*words, text])


def _say_topic(phrase: RolePhrase, language: Language) -> str | None:
    if phrase.topic is None:
        return None
    topic = phrase.topic
    country = topic.kind == "country" if isinstance(topic, termbase.Entry) else not topic.body.acts
    link = phrase.topic_link
    match language:
        case Language.ENGLISH:
            name = say(phrase.topic, language, "nom")
            place = link == "to" and isinstance(topic, BodyOf) and not topic.body.acts
            return name and f"{'in' if place else link} {_the(phrase.topic)}{name}"
        case Language.RUSSIAN:
            name = say(phrase.topic, language, "dat" if link == "for" else "loc")
            preposition = "по" if link == "for" else "в" if country else "при"
            return name and f"{preposition} {name}"
        case Language.PASHTO:
            name = say(phrase.topic, language, "gen")
            return name and (f"د {name} لپاره" if link == "for" else f"په {name} کې")
        case _:
            name = say(phrase.topic, language, "nom")
            return name and (f"در امور {name.removeprefix('امور ')}" if link == "for" else f"در {name}")


def inflect(name: str, case: Case, *, person: bool = False, gender: str = "") -> str:
    """A Russian nominative ``name`` in another case, by pymorphy3 and the endings of names it does not know."""
    from pipelines.actors.ru_forms import inflect_name  # noqa: PLC0415

    return inflect_name(name, case, person=person, gender=gender)[0]


def pashto_oblique(name: str) -> str:
    """Oblique of a Pashto name: a final feminine -ه after ي, and of states' names, becomes ې; طالبان takes -و.

    A plural in -ونه takes -ونو and the adjective before it -و: ملګري ملتونه, د ملګرو ملتونو.
    """
    if name.endswith("طالبان"):
        return name + "و"
    if name.endswith("ونه") and not name.endswith("ښوونه"):
        *adjectives, noun = name.split(" ")
        oblique = [f"{word[:-1]}و" if word.endswith("ي") else word for word in adjectives]
        return " ".join([*oblique, f"{noun[:-1]}و"])
    if name.endswith(("یه", "يه", "سه", "که", "کیه")) and len(name) > 3:
        return name[:-1] + "ې"
    return name


__all__ = ["inflect", "localise", "pashto_oblique", "say"]
