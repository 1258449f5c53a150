"""The centroid summariser: what it picks, what it never shows, and how it degrades."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.models import Article, Sentence
from pipelines.summarise import LENGTHS, CentroidSummariser, SummaryLength

EN, RU, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO

TALKS = """
The Taliban and the Afghan government will resume peace talks in Doha on Monday after a pause of three weeks.
He said the agenda had been agreed in two rounds of telephone calls.
Diplomats from Qatar said the Afghan government had sent a list of forty prisoners to the Taliban before the talks.
The price of saffron rose in Herat last week because of a dry autumn.
“We want a ceasefire first. |We will not sign before that,” a member of the Afghan delegation said in Doha.
Photo: Taliban delegates leave a hotel in Doha after peace talks.
In this file photo, Taliban delegates leave a hotel in Doha after peace talks with the Afghan government.
READ MORE about the peace talks between the Taliban and the Afghan government in Doha.
Will the peace talks between the Taliban and the Afghan government in Doha succeed?
By Sarah Miller and John Khan
A pause of three weeks in Doha is over, and the Taliban and the Afghan government will resume peace talks on Monday.
"""


def article(
    text: str, language: Language = EN, title: str | None = None, headings: tuple[str, ...] = ()
) -> tuple[Article, list[Sentence]]:
    """One paragraph a line, sentences parted by ``|``."""
    sentences: list[Sentence] = []
    body = ""
    for paragraph, line in enumerate(text.strip().splitlines()):
        body += "\n\n" if body else ""
        for number, part in enumerate(line.split("|")):
            body += " " if number and not body.endswith(" ") else ""
            stripped = part.strip()
            start = len(body)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    start=start,
                    stop=start + len(stripped),
                    text=stripped,
                    paragraph=paragraph,
                    heading=stripped in headings,
                )
            )
            body += stripped
    made = Article(
        url=None,
        title=title,
        outlet=None,
        author=None,
        published=None,
        text=body,
        headings=(),
        language=language,
        extractor="test",
    )
    return made, sentences


def summary(
    text: str, length: SummaryLength = LENGTHS["medium"], language: Language = EN, **kwargs: object
) -> list[str]:
    made, sentences = article(text, language, **kwargs)  # type: ignore[arg-type]
    return [sentence.text for sentence in CentroidSummariser().summarise(made, sentences, length).sentences]


def test_it_picks_what_the_article_is_about_in_reading_order() -> None:
    lines = TALKS.strip().splitlines()
    picked = summary(TALKS, SummaryLength(3))
    assert picked == [lines[0], lines[1], lines[2]]
    assert lines[3] not in summary(TALKS, SummaryLength(2))


def test_every_sentence_is_copied_and_cites_itself() -> None:
    made, sentences = article(TALKS)
    result = CentroidSummariser().summarise(made, sentences, LENGTHS["long"])
    assert result.backend == "centroid"
    for picked in result.sentences:
        (index,) = picked.source_sentences
        assert picked.text == sentences[index].text
        assert picked.text in made.text


def test_leftovers_captions_bylines_questions_and_half_quotations_are_never_shown() -> None:
    shown = " ".join(summary(TALKS, SummaryLength(9)))
    for unwanted in (
        "Photo:",
        "file photo",
        "READ MORE",
        "Will the peace",
        "By Sarah",
        "We want a ceasefire",
        "We will not sign",
    ):
        assert unwanted not in shown


def test_two_sentences_never_say_the_same() -> None:
    shown = summary(TALKS, SummaryLength(9))
    assert sum("pause of three weeks" in sentence for sentence in shown) == 1


def test_he_said_comes_only_right_after_the_sentence_that_names_him() -> None:
    text = """
    The foreign minister of Pakistan, Shah Mahmood Qureshi, arrived in Kabul on Sunday for border talks.
    He said border crossings to Pakistan at Torkham and Chaman would open for border trade every day.
    Border trade between Kabul and Pakistan fell by half last year, border traders in Torkham said.
    """
    made, sentences = article(text.replace("    ", ""))
    for many in (1, 2, 3):
        result = CentroidSummariser(position=0).summarise(made, sentences, SummaryLength(many))
        cited = [sentence.source_sentences[0] for sentence in result.sentences]
        assert 1 not in cited or cited[cited.index(1) - 1 : cited.index(1) + 1] == [0, 1]
    assert cited == [0, 1, 2]


def test_a_caption_between_does_not_part_a_pronoun_from_its_antecedent() -> None:
    text = """
The foreign minister of Pakistan, Shah Mahmood Qureshi, arrived in Kabul on Sunday for border talks.
Photo: Mr Qureshi at the airport of Kabul on Sunday morning.
He said the border crossings at Torkham and Chaman would open every day.
"""
    assert summary(text) == [text.strip().splitlines()[0], text.strip().splitlines()[2]]


def test_headings_are_never_shown() -> None:
    heading = "The peace talks between the Taliban and the government"
    assert summary(f"{heading}\n{TALKS.strip()}", SummaryLength(9), headings=(heading,))[0] != heading
    assert summary(heading, headings=(heading,)) == []


@pytest.mark.parametrize("many", [1, 2, 3, 5, 8])
def test_length_in_sentences_is_a_bound(many: int) -> None:
    assert 1 <= len(summary(TALKS, SummaryLength(many))) <= many


@pytest.mark.parametrize("characters", [110, 150, 230, 400])
def test_length_in_characters_is_a_bound(characters: int) -> None:
    assert 0 < len(" ".join(summary(TALKS, SummaryLength(5, characters)))) <= characters


def test_when_no_sentence_fits_the_characters_one_is_shown_whole() -> None:
    shown = summary(TALKS, SummaryLength(3, 5))
    assert len(shown) == 1
    assert shown[0] in TALKS.replace("|", "")


@pytest.mark.parametrize(
    "text",
    [
        "He left.",
        "Who did it?",
        "no capital and no full stop",
        "“Half a quotation. |And the rest,” he said.",
        "But the talks collapsed within hours of the meeting.",
        "Photo: a street in Kabul",
        "…",
    ],
)
def test_a_poor_article_gives_its_lead(text: str) -> None:
    assert summary(text) == [text.split(" |", maxsplit=1)[0]]


def test_no_sentences_give_an_empty_summary() -> None:
    made, _ = article("Anything.")
    assert CentroidSummariser().summarise(made, [], LENGTHS["medium"]).sentences == ()


def test_a_dateline_is_no_caption() -> None:
    lead = "ISLAMABAD: The prime minister of Pakistan said on Monday that the border with Afghanistan would stay open."
    assert lead in summary(
        f"{lead}\nTraders at Torkham welcomed the decision after weeks of closed gates and spoiled fruit."
    )


def test_a_text_whose_full_stops_are_all_spaced_is_read_as_it_is() -> None:
    text = TALKS.strip().splitlines()
    spaced = "\n".join(f"{text[i].rstrip('.')} ." for i in (0, 2, 3))
    assert len(summary(spaced)) == 3


def test_the_title_pulls_its_subject_in() -> None:
    text = """
Thousands of people marched through the streets of Minsk on Sunday in the biggest march since August.
Farmers in the region of Brest harvested less rye than in any of the last ten dry summers.
Police in Minsk detained hundreds of people who marched through the streets on Sunday evening.
"""
    farmers = text.strip().splitlines()[1]
    assert farmers not in summary(text, SummaryLength(1))
    assert summary(text, SummaryLength(1), title="Farmers harvest less rye in dry Brest region") == [farmers]


RUSSIAN = """
Представители России, Китая и Пакистана обсудят в Москве мирные переговоры в Афганистане, сообщил посол Замир Кабулов.
Он добавил, что приглашения на переговоры отправлены и движению «Талибан».
Погода в Москве на этой неделе ожидается морозной и ясной.
Мирные переговоры в Афганистане прервались три недели назад, после нападения на отель в Кабуле.
"""
DARI = """
نمایندگان حکومت افغانستان و طالبان روز دوشنبه در دوحه گفتگوهای صلح را از سر می‌گیرند.
او افزود که فهرست زندانیان به طالبان سپرده شده است.
قیمت زعفران در هرات به دلیل خشکسالی بالا رفته است.
گفتگوهای صلح میان حکومت افغانستان و طالبان سه هفته پیش در دوحه متوقف شده بود.
"""
PASHTO = """
د افغانستان د حکومت او طالبانو استازي به د دوشنبې په ورځ په دوحه کې د سولې خبرې بیا پیل کړي.
نوموړي زیاته کړه چې د بندیانو لېست طالبانو ته سپارل شوی دی.
په هرات کې د زعفرانو بیه د وچکالۍ له امله لوړه شوې ده.
د افغان حکومت او طالبانو ترمنځ د سولې خبرې درې اونۍ مخکې په دوحه کې درېدلې وې.
"""


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, RU), (DARI, PRS), (PASHTO, PS)])
def test_the_centroid_works_on_inflected_words_of_each_language(text: str, language: Language) -> None:
    lines = text.strip().splitlines()
    assert summary(text, SummaryLength(2), language) in ([lines[0], lines[3]], [lines[0], lines[1]])
    assert lines[2] not in summary(text, SummaryLength(2), language)
    assert lines[1] not in summary(text, SummaryLength(1), language)


@pytest.mark.parametrize(("sentences", "characters"), [(0, None), (-1, None), (3, 0)])
def test_a_length_below_one_is_refused(sentences: int, characters: int | None) -> None:
    with pytest.raises(ValueError, match="at least one"):
        SummaryLength(sentences, characters)
