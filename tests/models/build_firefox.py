"""Builds the tiny students in ``tests/models/firefox``: real files of Mozilla's kinds that know sixty-odd sentences by heart.

``firefox/learnt.tsv`` (a part of ``pairs.tsv``, kept apart so that these models need not change when that grows) → for each
direction a folder: vocabulary, model, for one a shortlist. Every sentence is learnt with its full stop and without, since the
back-end sends clauses of long sentences. Needs torch; a minute or two a direction: ``python -m tests.models.build_firefox``.
A seed fixes everything on one machine and version of torch.
"""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sentencepiece
import torch
from torch import Tensor, nn

from pipelines.languages import Language
from tests.models.firefox import marian_file
from tests.models.firefox.student import Student

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER: Final = Path(__file__).parent / "firefox"
SEED: Final = 20260101
STEPS: Final = 500
BATCH: Final = 32
RATE: Final = 2e-3
SHARED_WORDS, SPLIT_WORDS = 800, 544
"""Sizes of the vocabularies, 256 bytes included; multiples of 8, as the kernels of some processors ask."""
END, UNKNOWN, PADDING = 0, 1, -100


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One model: its languages, whether each has a vocabulary of its own, and whether a shortlist stands beside it."""

    source: Language
    target: Language
    split: bool = False
    shortlist: bool = False


DIRECTIONS: Final = (
    Direction(source=Language.ENGLISH, target=Language.RUSSIAN, shortlist=True),
    Direction(source=Language.RUSSIAN, target=Language.ENGLISH),
    Direction(source=Language.ENGLISH, target=Language.PERSIAN, split=True),
    Direction(source=Language.PERSIAN, target=Language.ENGLISH),
)


def main() -> None:
    """Build all of them again."""
    torch.set_num_threads(1)
    header, *rows = (line.split("\t") for line in (FOLDER / "learnt.tsv").read_text(encoding="utf-8").splitlines())
    column = {Language(code): [row[at] for row in rows] for at, code in enumerate(header)}
    for direction in DIRECTIONS:
        build(direction, list(zip(column[direction.source], column[direction.target], strict=True)))


def build(direction: Direction, sentences: Sequence[tuple[str, str]]) -> None:
    """Train one direction and write its folder."""
    code = direction.source.value + direction.target.value
    folder = FOLDER / f"{direction.source.value}-{direction.target.value}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if direction.split:
        source, target = (vocabulary((pair[side] for pair in sentences), SPLIT_WORDS) for side in (0, 1))
        (folder / f"srcvocab.{code}.spm").write_bytes(source)
        (folder / f"trgvocab.{code}.spm").write_bytes(target)
    else:
        source = target = vocabulary((text for pair in sentences for text in pair), SHARED_WORDS)
        (folder / f"vocab.{code}.spm").write_bytes(source)
    read, write = _processor(source), _processor(target)
    learnt = [*sentences, *((s.removesuffix("."), t.removesuffix(".")) for s, t in sentences)]
    ids = [([*read.encode(s), END], [*write.encode(t), END]) for s, t in learnt]

    torch.manual_seed(SEED)
    student = Student(write.vocab_size(), read.vocab_size() if direction.split else None)
    train(student, ids)
    (folder / f"model.{code}.intgemm.alphas.bin").write_bytes(marian_file.model_bytes(student.items()))
    if direction.shortlist:
        met: list[set[int]] = [set() for _ in range(read.vocab_size())]
        for s, t in ids:
            for word in s:
                met[word].update(t)
        (folder / f"lex.50.50.{code}.s2t.bin").write_bytes(
            marian_file.shortlist_bytes([sorted(words) for words in met], first=50)
        )
    print(folder.name, sum(file.stat().st_size for file in folder.iterdir()), "bytes")


def vocabulary(texts: Iterable[str], words: int) -> bytes:
    """A SentencePiece unigram model with the options of Mozilla's recipe (``pipeline/train/spm-vocab.sh``).

    The normalisation is SentencePiece's default, which that recipe leaves on: it reads ZWNJ as a space.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(list(texts)),
        model_writer=model,
        vocab_size=words,
        model_type="unigram",
        character_coverage=1.0,
        byte_fallback=True,
        normalization_rule_name="nmt_nfkc",
        eos_id=END,
        unk_id=UNKNOWN,
        bos_id=-1,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def train(student: Student, ids: Sequence[tuple[Sequence[int], Sequence[int]]]) -> None:
    """Learn ``ids`` (source and target, each closed by ``END``) by heart, in the integers of the file to come."""
    optimiser = torch.optim.Adam(student.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=STEPS, pct_start=0.1)
    loss = nn.CrossEntropyLoss(ignore_index=PADDING)
    student.train()
    for step, batch in zip(range(STEPS), _batches(ids), strict=False):
        if step == STEPS // 2:
            # the ranges met so far are those of a network that knew nothing
            for name, buffer in student.named_buffers():
                if name.endswith("widest"):
                    buffer.zero_()
        source, mask = _padded([s for s, _ in batch], END)
        target, _ = _padded([t for _, t in batch], PADDING)
        optimiser.zero_grad()
        logits = student(source, mask, target.clamp(min=END))
        value = loss(logits.flatten(0, 1), target.flatten())
        value.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0 or step == STEPS - 1:
            print(step, f"{value.item():.4f}", flush=True)
    student.eval()


def _batches(
    ids: Sequence[tuple[Sequence[int], Sequence[int]]],
) -> Iterator[list[tuple[Sequence[int], Sequence[int]]]]:
    """``ids`` again and again in another order, in batches of nearly one length."""
    while True:
        order: list[int] = torch.randperm(len(ids)).tolist()
        order.sort(key=lambda i: len(ids[i][1]) // 6)
        starts: list[int] = torch.randperm(-(-len(ids) // BATCH)).tolist()
        for start in starts:
            yield [ids[i] for i in order[start * BATCH : (start + 1) * BATCH]]


def _padded(rows: Sequence[Sequence[int]], value: int) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])
    return ids, torch.tensor([[False] * len(row) + [True] * (longest - len(row)) for row in rows])


def _processor(model: bytes) -> sentencepiece.SentencePieceProcessor:
    return sentencepiece.SentencePieceProcessor(model_proto=model)


if __name__ == "__main__":
    main()
