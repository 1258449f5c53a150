"""One English article as its readers get it: in Dari with a sentence that could not be translated, and in Russian."""

from __future__ import annotations

from datetime import date

from bot.render.view import View, view
from pipelines.languages import Language
from pipelines.models import (
    Actor,
    Article,
    Digest,
    Mention,
    Sentence,
    Summary,
    SummarySentence,
    Translation,
    Warning,
)

URL = "https://www.tolonews.com/afghanistan-169?lang=en&page=2"
SENTENCES = (
    "Zamir Kabulov arrived in Kabul on 28 January with 12 diplomats.",
    "He met Abdullah Abdullah at the Sapedar Palace.",
    "Talks “will go on” in Moscow on 18 March, his office said.",
)


def digest() -> Digest:
    text = " ".join(SENTENCES)
    starts = [text.index(sentence) for sentence in SENTENCES]
    dari = Translation(
        language=Language.DARI,
        title="سفر ضمیر کابلوف به کابل",
        summary=("ضمیر کابلوف به تاریخ ۲۸ جنوری با ۱۲ دیپلمات به کابل رسید.", SENTENCES[2]),
        backend="firefox+dari",
        kept=(1,),
        warnings=(Warning(code="kept_source", message="kept", where="summary[1]"),),
    )
    russian = Translation(
        language=Language.RUSSIAN,
        title="Визит Замира Кабулова в Кабул",
        summary=(
            "Замир Кабулов прибыл в Кабул 28 января с 12 дипломатами.",
            "Переговоры «продолжатся» в Москве 18 марта, сообщили в его офисе.",
        ),
        backend="firefox",
    )
    return Digest(
        article=Article(
            url=URL,
            title="Kabulov Visits Kabul",
            outlet="TOLOnews.com",
            author=None,
            published=date(2021, 1, 28),
            text=text,
            headings=(),
            language=Language.ENGLISH,
            extractor="test",
        ),
        sentences=tuple(
            Sentence(index=index, start=start, stop=start + len(sentence), text=sentence)
            for index, (start, sentence) in enumerate(zip(starts, SENTENCES, strict=True))
        ),
        summary=Summary(
            sentences=(
                SummarySentence(text=SENTENCES[0], source_sentences=(0,)),
                SummarySentence(text=SENTENCES[2], source_sentences=(1, 2), extractive=False),
            ),
            backend="centroid",
        ),
        actors=(
            Actor(
                key="zamir-kabulov",
                kind="person",
                name="Zamir Kabulov",
                role="Russian envoy",
                salience=0.8,
                mentions=(Mention(start=0, stop=13, text="Zamir Kabulov", kind="person"),),
                names={Language.DARI: "ضمیر کابلوف", Language.RUSSIAN: "Замир Кабулов"},
                roles={Language.DARI: "فرستادهٔ روسیه", Language.RUSSIAN: "спецпредставитель"},
            ),
            Actor(
                key="x-sapedar-group",
                kind="organisation",
                name="Sapedar Group",
                role=None,
                salience=0.2,
                mentions=(),
            ),
        ),
        translations={Language.DARI: dari, Language.RUSSIAN: russian},
        warnings=(),
        timings_ms={},
    )


def dari_view() -> View:
    return view(digest(), Language.DARI)


def russian_view() -> View:
    return view(digest(), Language.RUSSIAN)
