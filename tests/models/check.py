"""How much of its text a checkpoint gives back word for word: through transformers, and through CTranslate2 int8.

``python -m tests.models.check`` converts each checkpoint to int8 and prints the share that comes back exact, by beam size.
Checkpoint folder → sentences in the order of the rows asked for.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.store.convert import convert
from tests.models.pieces import processor
from tests.models.text import HERE, SMALL100_LANGUAGES, directions, summaries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.languages import Language
    from tests.models.text import ArticleSummary, Direction

END = "</s>"


def nllb_with_transformers(folder: Path, rows: Sequence[Direction]) -> list[str]:
    """Greedy answers of ``M2M100ForConditionalGeneration`` with ``NllbTokenizer``, a batch a target language."""
    from transformers import AutoTokenizer  # noqa: PLC0415 - heavy

    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids: dict[Language, Any] = {row.target: tokenizer.convert_tokens_to_ids(row.target.names.flores) for row in rows}
    return _by_target(
        _model(folder),
        tokenizer,
        rows,
        speaks=lambda row: row.source.names.flores,
        forced=ids,
    )


def small100_with_transformers(folder: Path, rows: Sequence[Direction]) -> list[str]:
    """Greedy answers with ``M2M100Tokenizer``, the target's code set as if it were the source's."""
    from transformers import AutoTokenizer  # noqa: PLC0415 - heavy

    tokenizer = AutoTokenizer.from_pretrained(folder)
    return _by_target(_model(folder), tokenizer, rows, speaks=lambda row: row.target.value, forced={})


def mt5_with_transformers(folder: Path, rows: Sequence[ArticleSummary]) -> list[str]:
    """Summaries with the decoding settings of the checkpoint's own ``generation_config.json``."""
    from transformers import AutoTokenizer  # noqa: PLC0415 - heavy

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = _model(folder)
    answers = []
    for row in rows:
        text = tokenizer(" ".join(row.article.split()), return_tensors="pt", truncation=True, max_length=512)
        answers.append(str(tokenizer.decode(model.generate(**text)[0], skip_special_tokens=True)))
    return answers


def nllb_with_ctranslate2(folder: Path, converted: Path, rows: Sequence[Direction], *, beam: int) -> list[str]:
    """Answers of the int8 model, SentencePiece used directly."""
    encoder = processor(folder / "sentencepiece.bpe.model")
    sources = [[row.source.names.flores, *encoder.encode(row.text, out_type=str), END] for row in rows]
    prefixes = [[row.target.names.flores] for row in rows]
    said = _translated(converted, sources, prefixes, beam_size=beam)
    return [encoder.decode(tokens[1:]) for tokens in said]


def small100_with_ctranslate2(folder: Path, converted: Path, rows: Sequence[Direction], *, beam: int) -> list[str]:
    """Answers of the int8 model; the target's code leads the source."""
    encoder = processor(folder / "sentencepiece.bpe.model")
    sources = [[f"__{row.target.value}__", *encoder.encode(row.text, out_type=str), END] for row in rows]
    return [encoder.decode(tokens) for tokens in _translated(converted, sources, None, beam_size=beam)]


def mt5_with_ctranslate2(folder: Path, converted: Path, rows: Sequence[ArticleSummary], *, beam: int) -> list[str]:
    """Summaries of the int8 model with XLSum's decoding settings."""
    encoder = processor(folder / "spiece.model")
    sources = [[*encoder.encode(" ".join(row.article.split()), out_type=str)[:511], END] for row in rows]
    settings = {"no_repeat_ngram_size": 2, "length_penalty": 0.6, "max_decoding_length": 84}
    return [encoder.decode(tokens) for tokens in _translated(converted, sources, None, beam_size=beam, **settings)]


def _model(folder: Path) -> Any:
    import torch  # noqa: PLC0415 - heavy
    from transformers import AutoModelForSeq2SeqLM  # noqa: PLC0415 - heavy

    torch.set_num_threads(1)  # two threads of a model this small mostly wait for each other
    return AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32).eval()


def _by_target(
    model: Any,
    tokenizer: Any,
    rows: Sequence[Direction],
    *,
    speaks: Callable[[Direction], str],
    forced: dict[Language, Any],
) -> list[str]:
    """Greedy answers in the order of ``rows``; ``speaks`` is what the tokenizer calls the language code before the source."""
    answers: dict[Direction, str] = {}
    for target in dict.fromkeys(row.target for row in rows):
        batch = [row for row in rows if row.target == target]
        encoded = []
        for row in batch:
            tokenizer.src_lang = speaks(row)
            encoded.append(tokenizer(row.text))
        ids = model.generate(
            **tokenizer.pad(encoded, return_tensors="pt"), forced_bos_token_id=forced.get(target), num_beams=1
        )
        answers |= zip(batch, map(str, tokenizer.batch_decode(ids, skip_special_tokens=True)), strict=True)
    return [answers[row] for row in rows]


def _translated(
    converted: Path, sources: list[list[str]], prefixes: list[list[str]] | None, **settings: Any
) -> list[list[str]]:
    import ctranslate2  # noqa: PLC0415 - heavy

    translator = ctranslate2.Translator(str(converted), device="cpu", compute_type="int8", intra_threads=1)
    # at its default patience of 1 the search ends with the first four finished hypotheses, and a sure model's other three are
    # cut-off ones that finish before the right answer: 4140 of 4200 exact instead of all
    results = translator.translate_batch(
        sources, target_prefix=prefixes, patience=2, max_batch_size=2048, batch_type="tokens", **settings
    )
    return [result.hypotheses[0] for result in results]


def main() -> int:
    """Prints the share of exact answers per checkpoint and beam, and the first differences."""
    rows: dict[str, Any] = {"nllb": directions(), "small100": directions(SMALL100_LANGUAGES), "mt5": summaries()}
    run: dict[str, Any] = {
        "nllb": nllb_with_ctranslate2,
        "small100": small100_with_ctranslate2,
        "mt5": mt5_with_ctranslate2,
    }
    for name in sys.argv[1:] or list(rows):
        expected = [row.summary if name == "mt5" else row.expected for row in rows[name]]
        with tempfile.TemporaryDirectory() as output:
            converted = Path(output) / name
            convert(HERE / name, converted, backend=name)
            for beam in (1, 4):
                answers = run[name](HERE / name, converted, rows[name], beam=beam)
                wrong = [pair for pair in zip(expected, answers, strict=True) if pair[0] != pair[1]]
                print(f"{name} int8 beam {beam}: {len(expected) - len(wrong)} of {len(expected)} exact")
                for want, got in wrong[:5]:
                    print(f"  {want}\n  {got}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
