"""Languages that Khabar reads and answers in: one small table, no look-up anywhere else.

``prs`` is Dari (CLDR ``fa_AF``, FLORES ``prs_Arab``) and ``fa`` the Persian of Iran (``pes_Arab``); they share a script,
a tokeniser and most words, so ``Language.persian`` asks for both. ``ps`` is Pashto (FLORES ``pbt_Arab``).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, NamedTuple

Direction = Literal["ltr", "rtl"]


class Language(StrEnum):
    """A language by the code used in JSON, settings and TSV headers. ``UNKNOWN`` is ISO 639's ``und``."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    PERSIAN = "fa"
    DARI = "prs"
    PASHTO = "ps"
    UNKNOWN = "und"

    @property
    def direction(self) -> Direction:
        """Base direction of running text."""
        return "rtl" if self in _RIGHT_TO_LEFT else "ltr"

    @property
    def persian(self) -> bool:
        """True for Dari and for Iranian Persian."""
        return self in (Language.PERSIAN, Language.DARI)

    @property
    def arabic_script(self) -> bool:
        """True where text is written in Arabic script."""
        return self in _RIGHT_TO_LEFT

    @property
    def names(self) -> LanguageNames:
        """Codes in other catalogues, and the name in English and in the language itself."""
        return _NAMES[self]


class LanguageNames(NamedTuple):
    """A language's names: ``english``, ``native``, the CLDR locale and the FLORES-200 code (empty if it has none)."""

    english: str
    native: str
    cldr: str
    flores: str


_RIGHT_TO_LEFT: Final = frozenset({Language.PERSIAN, Language.DARI, Language.PASHTO})

_NAMES: Final = {
    Language.ENGLISH: LanguageNames("English", "English", "en", "eng_Latn"),
    Language.RUSSIAN: LanguageNames("Russian", "Русский", "ru", "rus_Cyrl"),
    Language.PERSIAN: LanguageNames("Persian", "فارسی", "fa", "pes_Arab"),
    Language.DARI: LanguageNames("Dari", "دری", "fa_AF", "prs_Arab"),
    Language.PASHTO: LanguageNames("Pashto", "پښتو", "ps", "pbt_Arab"),
    Language.UNKNOWN: LanguageNames("unknown", "—", "und", ""),
}

READ: Final = (Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO)
"""Languages an article may be in."""

READER: Final = (Language.DARI, Language.PASHTO, Language.RUSSIAN, Language.ENGLISH, Language.PERSIAN)
"""Languages a reader may ask for, the product's three first."""
