"""What the Persian, Dari and Pashto taggers share: a text read once, and the classes of its words.

Arabic script has no capitals, so a name shows itself by other means: the termbase, a title beside it, a given name, an
honorific, a verb of saying behind it. A word that is none of the language's everyday words is *name-like*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.composite import bodies
from pipelines.actors.role_lexicon import modifiers, titles
from pipelines.languages import Language
from pipelines.tables import lines, table, word_class, words
from pipelines.text import Token, fold, token_key, token_ranges, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import Sentence

BLANK: Final = " \u00a0\u200c\u200e\u200f"
"""What may stand between the words of one phrase."""
_INNER: Final = BLANK + "-‐ـ"
_MAX_UNIT: Final = 9
_SAYS: Final = "says"
_RETROFLEX: Final = str.maketrans("ټډړڼ", "تدرن")

# Endings and prefixes that no name has. Left out because names end so too: -ان, -ون (سلیمان, هارون), -گان (اردوغان,
# اردوگان), -گیری (جهانگیری), -وي (موسوي).
_PERSIAN_FORM: Final = re.compile(
    r"^(?:ن?می\w*(?:ند|ید|یم|کرد|شد|شود|دهد|رود|برد|زند|دارد|خواهد|رسد|باشد)"
    r"|\w{2,}(?:ایش|ها|های|هایی|هایش|هایشان|ترین|کننده|کنندگان|شدگان|یافتگان|شده|سازی|گذاری|ییت)"
    r"|\w*(?:کردن|بردن|خوردن|سپردن|گرفتن|رفتن|گفتن|یافتن|ختن|شتن))$"
)
_PASHTO_FORM: Final = re.compile(r"^\w{2,}(?:ونه|ونو|گانی|گانو|یدل|یدو|یږی|یږو|وونکی|ونکی|ونکو|توب|ښت|تیا|والی)$")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes of one language, as comparison keys."""

    role_nouns: frozenset[str]
    role_compounds: frozenset[tuple[str, ...]]
    """Role nouns that a ZWNJ divides: "روزنامه‌نگار"."""
    verbs: frozenset[str]
    says: frozenset[str]
    """Verbs of saying: who stands before one speaks."""
    closers: Mapping[str, str]
    """Prepositions, conjunctions …: key → locative, agent or "-"."""
    given: frozenset[str]
    compounds: frozenset[tuple[str, str]]
    """Given names of two words whose first is an everyday word: "روح‌الله"."""
    honorifics: frozenset[str]
    stop: frozenset[str]
    common: frozenset[str]
    time: frozenset[str]
    suffixes: frozenset[str]
    """Endings that a space or a ZWNJ cuts off: "اقلیت ها"."""
    form: re.Pattern[str]
    """Forms of everyday words, of folded text: plurals, infinitives, participles."""

    def closes(self, key: str) -> bool:
        """True for a word that cannot be a part of a name."""
        return key in self.closers or key in self.verbs or key in self.stop or key in self.role_nouns


@dataclass(frozen=True, slots=True)
class ScriptText:
    """A text tokenised once; ``bounds`` gives the sentence (token range) of each token that is not in a heading."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    bounds: Mapping[int, tuple[int, int]]
    known: tuple[tuple[termbase.Match, int, int], ...]
    """Termbase matches with their token ranges."""
    covered: Mapping[int, int]
    """Tokens of known actors that are no persons, and where each one's name ends."""
    places: Mapping[str, Sequence[int]]
    """Where each key stands, headings left out."""
    lex: Lexicon

    def key(self, index: int) -> str:
        """Comparison key of the token at ``index``; empty outside of the text."""
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """Characters between the token at ``index`` and the one before it."""
        return self.text[self.tokens[index - 1].stop : self.tokens[index].start] if 0 < index < len(self.tokens) else ""

    def joined(self, index: int) -> bool:
        """True where only spaces, ZWNJ or hyphens stand before the token."""
        return not self.gap(index).strip(_INNER)

    def after(self, index: int) -> str:
        """Punctuation behind the token before ``index``, blanks removed; empty at the end of the text."""
        return self.gap(index).strip(BLANK)

    def slice(self, first: int, last: int) -> str:
        """The text from the token ``first`` to the one before ``last``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].stop]

    def namelike(self, index: int) -> bool:
        """True for a word that may be a name: no everyday word, no title, no state's or organisation's name."""
        if index not in self.bounds or index in self.covered:
            return False
        token = self.tokens[index]
        if self.lex.closes(token.key) or token.key in self.lex.common or len(token.key) < 2:
            return False
        if any(c.isdigit() for c in token.text) or (token.key, self.key(index + 1)) in self.lex.role_compounds:
            return False
        if token.text.isascii():
            return token.text[:1].isupper() and not token.text.isupper()
        return not self.lex.form.match(fold(token.text))

    def title_at(self, index: int) -> bool:
        """True where a title begins (Persian) or a word of the role list stands."""
        if self.key(index) in self.lex.role_nouns or (self.key(index), self.key(index + 1)) in self.lex.role_compounds:
            return True
        return bool(self.unit(index, titles_only=True))

    def lexical_end(self, first: int) -> int:
        """Index past the words from ``first`` on that the role lexicon or the termbase accounts for."""
        _, high = self.bounds[first]
        at = first
        while at < high and (at == first or self.joined(at)):
            length = self.unit(at)
            if not length:
                break
            at += length
        return at

    def unit(self, at: int, *, titles_only: bool = False) -> int:
        """Number of tokens of the longest title, modifier, body or known name at ``at``; 0 if none."""
        if at not in self.bounds:
            return 0
        if not titles_only and at in self.covered:
            return self.covered[at] - at
        lexicons = (titles(self.language),)
        others = () if titles_only else (modifiers(self.language), bodies(self.language))
        for length in range(min(_MAX_UNIT, self.bounds[at][1] - at), 0, -1):
            keys = tuple(self.key(i) for i in range(at, at + length))
            if any(keys in table_ for table_ in (*lexicons, *others)):
                return length
        return 2 if (self.key(at), self.key(at + 1)) in self.lex.role_compounds else 0


def read(text: str, sentences: Sequence[Sentence], language: Language) -> ScriptText:
    """Tokens, sentence bounds and termbase matches of a text."""
    toks = tuple(tokens(text, language))
    bounds: dict[int, tuple[int, int]] = {}
    for sentence, first, last in token_ranges(toks, sentences):
        if not sentence.heading:
            bounds |= dict.fromkeys(range(first, last), (first, last))
    known = []
    covered: dict[int, int] = {}
    for match, first, last in termbase.find_ranges(text, language, toks):
        if first in bounds:
            known.append((match, first, last))
            if match.entry.kind != "person":
                covered |= dict.fromkeys(range(first, last), last)
    places: dict[str, list[int]] = defaultdict(list)
    for index in sorted(bounds):
        places[toks[index].key].append(index)
    return ScriptText(text, language, toks, bounds, tuple(known), covered, places, lexicon(language))


@cache
def lexicon(language: Language) -> Lexicon:
    """The word classes of ``language``; Dari and Persian share theirs."""
    code = "ps" if language is Language.PASHTO else "fa"

    def keys(name: str) -> frozenset[str]:
        # "سخنگوی" and "رئیس‌جمهور" come apart at the ZWNJ in running text: the first word's key decides
        return frozenset(toks[0].key for toks in (tokens(word, language) for word in words(name)) if toks)

    closers = {}
    for line in lines(f"actors/prepositions_{code}.txt"):
        word, _, usage = line.partition("\t")
        closers[token_key(word, language)] = usage.strip() or "-"
    saying = [line.split("\t")[0] for line in lines(f"actors/verbs_{code}.txt") if line.endswith(f"\t{_SAYS}")]
    common = {row["class"]: _first_keys(row["words"].split(), language) for row in table(f"actors/common_{code}.tsv")}
    everyday = frozenset[str]().union(*common.values())
    pairs = [tuple(t.key for t in tokens(name, language)) for name in words(f"names/compound_{code}.txt")]
    roles = [tuple(t.key for t in tokens(noun, language)) for noun in words(f"actors/role_nouns_{code}.txt")]
    return Lexicon(
        role_nouns=frozenset(noun[0] for noun in roles if len(noun) == 1),
        role_compounds=frozenset(noun for noun in roles if len(noun) > 1),
        verbs=keys(f"actors/verbs_{code}.txt"),
        says=_first_keys(saying, language) - {"می"},  # "می‌گوید" comes apart too
        closers=closers,
        given=_given(language, keys(f"names/given_{code}.txt")) - everyday,
        compounds=frozenset((pair[0], pair[1]) for pair in pairs if len(pair) > 1),
        honorifics=keys(f"names/honorifics_{code}.txt"),
        stop=keys(f"stopwords/{code}.txt"),
        common=everyday,
        time=common["time"] | common["month"],
        suffixes=common["suffix"],
        form=_PASHTO_FORM if language is Language.PASHTO else _PERSIAN_FORM,
    )


def class_keys(name: str, language: Language) -> frozenset[str]:
    """Keys of a class of ``actors/classes_fa.tsv``."""
    return _first_keys(word_class("actors/classes_fa.tsv", name), language)


def _given(language: Language, own: frozenset[str]) -> frozenset[str]:
    """Pashto news spells names as Persian does, too, and with "ت" for "ټ": "رابرټ", "رابرت"."""
    names = own | _first_keys(words("names/given_en.txt"), language)
    if language is Language.PASHTO:
        names |= frozenset(key.translate(_RETROFLEX) for key in own)
        names |= _first_keys(words("names/given_fa.txt"), language)
    return names


@cache
def everyday(name: str, language: Language) -> frozenset[str]:
    """Keys of one class of the language's everyday words."""
    code = "ps" if language is Language.PASHTO else "fa"
    return _first_keys(word_class(f"actors/common_{code}.tsv", name), language)


def _first_keys(forms: Sequence[str] | frozenset[str], language: Language) -> frozenset[str]:
    return frozenset(toks[0].key for toks in (tokens(form, language) for form in forms) if toks)
