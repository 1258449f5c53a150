"""Trained second opinions: text → share of belief by language, from cld3 and from langdetect.

cld3 loads in no time and knows Pashto; langdetect has no Pashto, costs its profiles' load and is asked only where
letters, words and cld3 leave doubt. Both are deterministic here: langdetect draws at random from its own generator, whose
seed is set. Its public ``detect`` uses one factory for all its languages; ours holds those of one script.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROFILES: Final = {
    "Latn": [
        "en", "de", "fr", "es", "it", "pt", "nl", "da", "no", "sv", "fi", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "sq",
        "lt", "lv", "et", "tr", "id", "tl", "vi", "so", "sw", "af", "cy", "ca",
    ],
    "Cyrl": ["ru", "uk", "bg", "mk"],
    "Arab": ["fa", "ar", "ur"],
}  # fmt: skip
_SEED: Final = 0


def cld3(text: str) -> Mapping[str, float]:
    """cld3's language for ``text`` and its probability; empty where it has none. Codes without a script are ISO 639."""
    result = _cld3().FindLanguage(text)
    return {} if result.language == "und" else {str(result.language): float(result.probability)}


def langdetect(text: str, script: str) -> Mapping[str, float]:
    """Langdetect's probabilities among its languages of one script; empty where it knows none or the text says nothing."""
    if script not in _PROFILES:
        return {}
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415

    detector = _factory(script).create()
    detector.append(text)
    try:
        return {guess.lang: guess.prob for guess in detector.get_probabilities()}
    except LangDetectException:
        return {}


@cache
def _cld3() -> Any:
    import gcld3  # noqa: PLC0415

    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=1200)


@cache
def _factory(script: str) -> Any:
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    folder = resources.files("langdetect").joinpath("profiles")
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    profiles = [folder.joinpath(name).read_text(encoding="utf-8") for name in _PROFILES[script]]
    factory.load_json_profile(profiles)
    return factory
