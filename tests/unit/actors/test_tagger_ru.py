"""Russian actors: who is named, as what, in which role; nominatives and cases of names."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.actors.ru_forms import inflect_name, normal_form
from pipelines.actors.tagger_ru import RussianTagger
from pipelines.languages import Language
from pipelines.models import ActorKind, Article, Mention, Sentence
from pipelines.segment import segment

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, ...]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def article(*sentences: str, title: str | None = None, outlet: str | None = None) -> tuple[Article, list[Sentence]]:
    text = " ".join(sentences)
    found: list[Sentence] = []
    for index, sentence in enumerate(sentences):
        start = text.index(sentence, found[-1].stop if found else 0)
        found.append(Sentence(index=index, start=start, stop=start + len(sentence), text=sentence))
    return (
        Article(
            url=None, title=title, outlet=outlet, author=None, published=None, text=text, headings=(),
            language=Language.RUSSIAN, extractor="test",
        ),
        found,
    )  # fmt: skip


@cache
def mentions(*sentences: str, title: str | None = None, outlet: str | None = None) -> list[Mention]:
    return RussianTagger().tag(*article(*sentences, title=title, outlet=outlet))


@pytest.mark.parametrize(("text", "name", "kind", "role"), rows("mentions_ru.tsv"))
def test_a_sentence_names_its_actor_with_the_role_stated_there(text: str, name: str, kind: str, role: str) -> None:
    found = [(m.kind, m.role or "") for m in mentions(text) if m.text == name]
    assert found == ([] if kind == "-" else [(kind, role)])


@pytest.mark.parametrize(("text", "kind", "nominative"), rows("nominatives_ru.tsv"))
def test_a_name_in_any_case_has_its_nominative(text: str, kind: ActorKind, nominative: str) -> None:
    assert normal_form(text, kind) == nominative


@pytest.mark.parametrize(
    ("name", "case", "person", "gender", "form"),
    [
        ("Замир Кабулов", "gen", True, "m", "Замира Кабулова"),
        ("Замир Кабулов", "ins", True, "m", "Замиром Кабуловым"),
        ("Мария Захарова", "dat", True, "f", "Марии Захаровой"),
        ("Роза Отунбаева", "acc", True, "", "Розу Отунбаеву"),
        ("Антониу Гутерриш", "ins", True, "m", "Антониу Гутерришем"),
        ("Сара Сандерс", "gen", True, "f", "Сары Сандерс"),
        ("Белый дом", "loc", False, "", "Белом доме"),
        ("Министерство иностранных дел России", "ins", False, "", "Министерством иностранных дел России"),
        ("Силы обороны Израиля", "dat", False, "", "Силам обороны Израиля"),
        ("Саудовская Аравия", "acc", False, "", "Саудовскую Аравию"),
        ("США", "gen", False, "", "США"),
        ("талибы", "ins", False, "", "талибами"),
        ("бывший", "gen", False, "", "бывшего"),
    ],
)
def test_a_nominative_name_declines(name: str, case: str, person: bool, gender: str, form: str) -> None:
    forms = inflect_name(name, case, person=person, gender=gender)  # type: ignore[arg-type]  # the literals above
    assert forms[0] == form
    assert name in forms


def test_offsets_are_the_articles() -> None:
    given, sentences = article("Вчера шёл дождь.", "Об этом заявил глава МИД РФ Сергей Лавров.", "США ответили.")
    for mention in RussianTagger().tag(given, sentences):
        assert given.text[mention.start : mention.stop] == mention.text


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    found = mentions(
        "Пресс-секретарь президента России Владимира Путина Дмитрий Песков отверг обвинения администрации Байдена.",
        "Власти Ирана и МИД РФ призвали талибов к переговорам с США.",
    )
    assert len(found) > 5
    assert all(one.stop <= other.start for one, other in pairwise(found))


def test_a_surname_alone_is_found_where_the_models_miss_it_but_know_the_whole_name() -> None:
    found = mentions("Министр обороны Пакистана Хаваджа Асиф прибыл в Кабул.", "Позже Асифу показали базу.")
    assert [m.text for m in found if m.kind == "person"] == ["Хаваджа Асиф", "Асифу"]


def test_the_headline_gives_a_role_that_the_body_never_states() -> None:
    sentence = "Иван Петров ушёл в отставку."
    (person,) = [m for m in mentions(sentence, title="Губернатор Иван Петров подал в отставку") if m.kind == "person"]
    assert person.role == "губернатор"
    assert mentions(sentence)[0].role is None


def test_the_articles_own_outlet_is_no_actor_and_an_outlet_in_the_headline_is() -> None:
    own = mentions("«Вечерний Кабул» узнал о планах министерства.", outlet="Вечерний Кабул")
    assert "Вечерний Кабул" not in [m.text for m in own]
    sued = mentions("Суд оштрафовал Twitter на миллион рублей.", title="Twitter оштрафован на миллион рублей")
    assert "Twitter" in [m.text for m in sued]


def test_a_state_weighs_more_where_it_acts_than_where_it_locates() -> None:
    (acting,) = [m for m in mentions("Иран отверг обвинения.") if m.kind == "country"]
    (place,) = [m for m in mentions("Врачи работают в Иране.") if m.kind == "country"]
    assert acting.score > place.score


@pytest.mark.parametrize(
    "text", ["", "…", "12 345", "Lorem ipsum dolor sit amet.", "А" * 3000, "слово " * 900, "😀 — «»"]
)
def test_odd_text_raises_nothing(text: str) -> None:
    given, sentences = article(text)
    for mention in RussianTagger().tag(given, sentences):
        assert given.text[mention.start : mention.stop] == mention.text


def test_no_sentence_no_mention() -> None:
    given, _ = article("")
    assert RussianTagger().tag(given, []) == []


def test_importing_the_tagger_loads_no_model_library() -> None:
    code = (
        "import sys, pipelines.actors.tagger_ru; "
        "print([m for m in ('natasha', 'slovnet', 'navec', 'pymorphy3', 'razdel', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_tagging_never_imports_natasha_itself() -> None:
    mentions("Россия ответила.")
    assert "natasha" not in sys.modules


FLOORS = {"precision": 0.94, "recall": 0.90}
"""Person mentions of factRuEval-2016 by overlap; its fiction and namesakes ("романы Ильфа") are persons there, not here."""


@pytest.mark.evaluation
def test_persons_of_factrueval_stay_over_their_floors(evaluation_data: Path) -> None:
    path = evaluation_data / "ner" / "factrueval2016_ru" / "testset.jsonl"
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    hits = wanted = right = found = 0
    for document in documents[::4]:
        given = article(document["text"])[0]
        persons = [m for m in RussianTagger().tag(given, segment(given.text, given.language)) if m.kind == "person"]
        gold = [m for m in document["mentions"] if m["type"] == "Person"]
        wanted += len(gold)
        found += len(persons)
        hits += sum(any(m.start < g["end"] and g["start"] < m.stop for m in persons) for g in gold)
        right += sum(any(m.start < g["end"] and g["start"] < m.stop for g in gold) for m in persons)
    measured = {"precision": right / found, "recall": hits / wanted}
    assert {name: value for name, value in measured.items() if value < FLOORS[name]} == {}
