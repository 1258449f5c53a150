"""slovnet's three small Russian models over one set of navec vectors: names, cases and dependencies of a sentence.

Words → ``Word`` records (BIO tag, part of speech, case, gender, number, head and relation after Universal Dependencies).
The models are the files inside the ``natasha`` distribution (MIT); the package itself is never imported, it is slow and its
``MorphVocab`` breaks with newer setuptools. ``slovnet.NER.load`` and ``Navec.load`` read the vocabulary of 250,000 words four
times and sum up norms nobody asks for: 0.7 s. Read once and shared, the same models load in 0.3 s.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipelines.actors.ru_blas import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VECTORS: Final = "emb/navec_news_v1_1B_250K_300d_100q.tar"
MODELS: Final = "model/slovnet_{}_news_v1.tar"
BATCH: Final = 8
MAX_WORDS: Final = 160
"""Longest piece that is analysed at once: the parser's work grows with the square, and a pasted list is no sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the models see it. ``head`` is an index into the same list, -1 at a root; features are UD's, or empty."""

    text: str
    entity: str
    """``B-PER``, ``I-PER``, ``B-ORG`` … or ``O``."""
    pos: str
    case: str
    gender: str
    number: str
    finite: bool
    animacy: str
    head: int
    relation: str


class RussianModels:
    """The loaded models. Use ``models()``; reads no state after construction."""

    def __init__(self, folder: Path) -> None:
        """Load from ``folder``. Raises FileNotFoundError where a file is missing."""
        from slovnet.exec.encoders import SyntaxEncoder, TagEncoder  # noqa: PLC0415
        from slovnet.exec.infer import (  # noqa: PLC0415
            MorphInfer,
            NERInfer,
            SyntaxDecoder,
            SyntaxInfer,
            TagDecoder,
        )
        from slovnet.exec.model import NER, Morph, Syntax  # noqa: PLC0415

        vectors = _vectors(folder / VECTORS)
        ner, ner_tags, words, shapes = _pack(folder / MODELS.format("ner"), NER, "tag", None)
        morph, morph_tags, _, _ = _pack(folder / MODELS.format("morph"), Morph, "tag", words)
        syntax, relations, _, _ = _pack(folder / MODELS.format("syntax"), Syntax, "rel", words)
        tagging = TagEncoder(words, shapes, BATCH)
        self._ner = NERInfer(ner.inject_navec(vectors), tagging, TagDecoder(ner_tags))
        self._morph = MorphInfer(morph.inject_navec(vectors), tagging, TagDecoder(morph_tags))
        self._syntax = SyntaxInfer(
            syntax.inject_navec(vectors), SyntaxEncoder(words, shapes, BATCH), SyntaxDecoder(relations)
        )

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Words of each tokenised sentence, analysed; as many lists as sentences, each as long as its sentence."""
        pieces = [(number, at) for number, words in enumerate(sentences) for at in range(0, len(words), MAX_WORDS)]
        # neighbours in a batch are padded to the longest of them
        pieces.sort(key=lambda piece: len(sentences[piece[0]]) - piece[1])
        items = [list(sentences[number][at : at + MAX_WORDS]) for number, at in pieces]
        with one_thread():
            tags = list(self._ner.decoder(self._ner.process(self._ner.encoder(items))))
            morphs, trees = list(self._morph(items)), list(self._syntax(items))
        found = {
            piece: list(_words(piece[1], entities, morph.tokens, tree.tokens))
            for piece, entities, morph, tree in zip(pieces, tags, morphs, trees, strict=True)
        }
        return [
            [word for at in range(0, len(words), MAX_WORDS) for word in found[number, at]]
            for number, words in enumerate(sentences)
        ]


@cache
def models() -> RussianModels:
    """The models of this process, loaded on first use. Raises ModuleNotFoundError where ``natasha`` is not installed."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The Russian models come with the package natasha; install it.", name="natasha")
    return RussianModels(Path(next(iter(spec.submodule_search_locations))) / "data")


def _vectors(path: Path) -> Any:
    import numpy as np  # noqa: PLC0415
    from navec import Navec  # noqa: PLC0415
    from navec.meta import Meta  # noqa: PLC0415
    from navec.pq import PQ  # noqa: PLC0415
    from navec.tar import Tar  # noqa: PLC0415

    class Codes(PQ):  # type: ignore[misc]  # navec ships no types
        """navec's product quantisation without its norms: they serve similarity only and cost 0.2 s and 100 MB."""

        def precompute(self) -> None:
            self.qdims = np.arange(self.qdim)

    with Tar(path) as tar:
        meta = Meta.from_file(tar.load("meta.json"))
        Meta.check_protocol(meta.protocol)
        return Navec(meta, None, Codes.from_file(tar.load("pq.bin")))


def _pack(path: Path, model_class: Any, tags: str, words: Any) -> tuple[Any, Any, Any, Any]:
    """Model with its weights, its tags' vocabulary, the words' vocabulary (``words``, if already read) and the shapes'."""
    from slovnet.exec.pack import Pack  # noqa: PLC0415

    with Pack(path) as pack:
        pack.load_meta().check_protocol()
        model = pack.load_model(model_class)
        model = model.inject_arrays(dict(pack.load_arrays(model.weights)))
        words = pack.load_vocab("word") if words is None else words
        return model, pack.load_vocab(tags), words, pack.load_vocab("shape")


def _words(offset: int, entities: Sequence[str], morph: Sequence[Any], syntax: Sequence[Any]) -> Iterable[Word]:
    for entity, tag, node in zip(entities, morph, syntax, strict=True):
        head = int(node.head_id) - 1
        yield Word(
            text=tag.text,
            entity=entity,
            pos=tag.pos,
            case=tag.feats.get("Case", ""),
            gender=tag.feats.get("Gender", ""),
            number=tag.feats.get("Number", ""),
            finite=tag.feats.get("VerbForm") == "Fin",
            animacy=tag.feats.get("Animacy", ""),
            head=-1 if head < 0 else head + offset,
            relation=node.rel,
        )
