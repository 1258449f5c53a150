"""Russian: own rules about years, amounts, titles and initials, then razdel.

razdel takes "г." for "город" everywhere and so joins "в 2018 г. Трамп"; it knows some two hundred abbreviations more
than ours and the dashes of direct speech, so it is asked last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.segment import rules
from pipelines.segment.abbreviations import lexicon
from pipelines.segment.rules import JOIN, SPLIT, Rule, Verdict

if TYPE_CHECKING:
    from pipelines.segment.split import Split

_INITIALS: Final = re.compile(r"(?:[А-ЯЁA-Z]\.-?)*[А-ЯЁA-Z]|Дж|Ю|Юл|Ст")
_LATIN_ACRONYM: Final = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_AMOUNT_BEFORE: Final = re.compile(
    r"(?:\d|\b[IVX]+|[$€£₽%]|тыс\.|млн\.?|млрд\.?|трлн\.?|кв\.|куб\.|\b(?:км|м|см|кг|т|л|руб\.?)/)\s*$"
)
_PAIR: Final = re.compile(r"((?:\w{1,4}\.\s?)+)$")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
_LONGEST_DATELINE: Final = 60
_DATELINE: Final = re.compile(
    r"[А-ЯЁ]{3}[А-ЯЁ -]*, \d{1,2} [а-я]{3,8}\.?(?:\s?[—–-]\s?(?:[A-ZА-ЯЁ][\w.]*\s?){1,3}|\s?/[\w ]+/|\s?\([\w ]+\))?\.?"
)
_SPEECH_DASH: Final = re.compile(r"[—–-]\s")


def amount(split: Split) -> Verdict | None:
    """ "в 2018 г. Трамп" is two sentences, "г. Москва" and "5 млн. долларов" are not."""
    if split.ends != "." or split.closers or "amount" not in lexicon("ru").classes(split.left_token):
        return None
    if not _AMOUNT_BEFORE.search(split.before):
        # "г. Москва", "в. Иванов": without a number it is another abbreviation, which razdel knows
        return JOIN if split.left_token in ("г", "гг") else None
    if split.right_token[:1].isdigit() and "compound" in lexicon("ru").classes(split.left_token):
        return JOIN
    return SPLIT if _capital(split) else JOIN


def dateline(split: Split) -> Verdict | None:
    """ "КАБУЛ, 28 января. /ТАСС/. Делегация …", "МОСКВА, 28 янв — РИА Новости. Россия …": place, date and agency."""
    if split.left - split.sentence_start > _LONGEST_DATELINE:
        return None
    return JOIN if _DATELINE.fullmatch(split.text, split.sentence_start, split.left) else None


def title(split: Split) -> Verdict | None:
    """ "им. Ленина", "ген. Иванов", "т. е.": never the end."""
    if split.ends != "." or split.closers:
        return None
    return JOIN if "title" in lexicon("ru").classes(_spelt_apart(split)) else None


def tail(split: Split) -> Verdict | None:
    """ "и т. д. В городе": the end before a capital."""
    if split.ends != "." or split.closers or "tail" not in lexicon("ru").classes(_spelt_apart(split)):
        return None
    return SPLIT if _capital(split) else JOIN


def foreign_words(split: Split) -> Verdict | None:
    """ "(от англ. Member of …)": the language of the Latin words that follow."""
    if split.ends != "." or "latin" not in lexicon("ru").classes(split.left_token):
        return None
    return JOIN if _LATIN.match(split.right_token) else None


def latin_abbreviation(split: Split) -> Verdict | None:
    """ "Locomotive Co. Ltd.", "Gen. Dunford": English abbreviations before further Latin words."""
    known = lexicon("en").classes(split.left_token) & {"title", "always", "inside"}
    return JOIN if known and split.ends == "." and not split.closers and _LATIN.match(split.right_token) else None


def initials(split: Split) -> Verdict | None:
    """ "А. Б. Иванов", "Дж. Байден", "J. K. Rowling"; but "Washington, D.C. В пятницу"."""
    if split.ends != "." or split.closers or not _INITIALS.fullmatch(split.left_token):
        return None
    right = split.right_token
    if _LATIN_ACRONYM.fullmatch(split.left_token) and not _LATIN.match(right):
        return SPLIT if _capital(split) else JOIN
    return JOIN if (right[:1].isupper() and len(right) > 1) or _INITIALS.fullmatch(right) else None


def dialogue_dash(split: Split) -> Verdict | None:
    """ "— Стой! — крикнул он": a dash with a small letter after it goes on with the sentence."""
    dash = _SPEECH_DASH.match(split.after)
    return JOIN if dash and split.after[dash.end() :][:1].islower() else None


def capital_after_question(split: Split) -> Verdict | None:
    """A question or exclamation before a capital ends, in quotations too, where razdel waits for the closing mark."""
    return SPLIT if split.ends[-1] in "?!" and _capital(split) and not split.right_marks.strip('«“"') else None


def quoted_stop(split: Split) -> Verdict | None:
    """A full stop inside a quotation, before a capital and after a word of some length, ends a sentence."""
    left = split.left_token
    return (
        SPLIT if split.quoted and split.ends == "." and len(left) > 4 and left.isalpha() and _capital(split) else None
    )


RULES: Final[tuple[Rule, ...]] = (
    rules.new_list_item,
    rules.bullet_left,
    rules.nothing_left,
    dateline,
    rules.in_aside,
    rules.aside_closed,
    rules.glued_number,
    rules.glued_address,
    rules.glued_word,
    rules.lower_right,
    rules.dash_right,
    dialogue_dash,
    rules.punctuation_right,
    amount,
    title,
    tail,
    foreign_words,
    latin_abbreviation,
    initials,
    capital_after_question,
    quoted_stop,
)


def razdel_ends(text: str) -> frozenset[int]:
    """Positions where razdel stops a sentence of ``text``."""
    from razdel import sentenize  # noqa: PLC0415

    return frozenset(sentence.stop for sentence in sentenize(text))


def _capital(split: Split) -> bool:
    return split.right_token[:1].isupper() or split.right_token[:1].isdigit()


def _spelt_apart(split: Split) -> str:
    """The abbreviation that the left token ends, without spaces: ``т. д`` → ``т.д``."""
    pair = _PAIR.search(split.before)
    return (pair.group(1).replace(" ", "") if pair and len(split.left_token) <= 2 else "") + split.left_token
