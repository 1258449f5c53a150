"""A model of NLLB-200-distilled-600M's true shape with random weights: ``python -m tests.bench.nllb_shape FOLDER``.

Speed and memory depend on shapes and on how many pieces a target alphabet has, not on what was learnt. The real tokeniser cannot
be had here, so its vocabulary is made up: 255,997 pieces of the scripts that NLLB's languages are written in, many of them with
letters that Russian and Persian do not have. Writes ``checkpoint`` (fp32, 2.5 GB) and ``ct2`` (int8 with shortlists).
"""

from __future__ import annotations

import random
import shutil
import struct
import sys
from pathlib import Path
from typing import Final

from pipelines.store.prepare import prepare

PIECES: Final = 255_997
ROWS: Final = 256_206
SEED: Final = 20210128

# letters of a group of languages → its share of the vocabulary
SCRIPTS: Final = (
    ("abcdefghijklmnopqrstuvwxyz", 0.30),
    ("abcdefghijklmnopqrstuvwxyzäéèçğışñöüžčšłńęăâțạếộ", 0.22),
    ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", 0.12),
    ("абвгдежзиклмнопрстуфхцчшыіїєґўјљњџәғқңөұүһ", 0.07),
    ("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئ", 0.10),
    ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةإٹڈڑےہںټځڅډړږښګڼۍې", 0.06),
    ("अआइईउएकखगघचजटडतथदधनपबभमयरलवशसहािीुूेैोंকখগতনপবমরলসহ", 0.06),
    ("的是在了不有和人这中国大来上个到说们为子作地出会时要就可也你对生能", 0.07),
)  # fmt: skip


def pieces() -> list[str]:
    """The made-up pieces, the same every time: single characters first, then words and parts of words."""
    source = random.Random(SEED)  # noqa: S311 - no secret
    found = dict.fromkeys("▁0123456789.,:;!?()-–—«»“”\"'%/&+۰۱۲۳۴۵۶۷۸۹،؛؟ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    found |= dict.fromkeys(letter for letters, _ in SCRIPTS for letter in letters)
    for letters, share in SCRIPTS:
        for _ in range(int(share * PIECES * 1.2)):
            found["▁" * source.randrange(2) + "".join(source.choices(letters, k=source.randint(2, 7)))] = None
    single, longer = [p for p in found if len(p) == 1], [p for p in found if len(p) > 1]
    source.shuffle(longer)
    return (single + longer)[:PIECES]


def sentencepiece_model(path: Path) -> None:
    """Write a unigram model of ``pieces``. The file is a protobuf message: field 1 holds pieces (1 text, 2 score, 3 type)."""
    unknown, control, normal = 2, 3, 1
    entries = [("<unk>", 0.0, unknown), ("<s>", 0.0, control), ("</s>", 0.0, control)]
    entries += [(piece, -float(rank), normal) for rank, piece in enumerate(pieces(), start=1)]
    with path.open("wb") as file:
        for text, score, kind in entries:
            encoded = text.encode()
            body = (
                b"\x0a" + bytes([len(encoded)]) + encoded + b"\x15" + struct.pack("<f", score) + b"\x18" + bytes([kind])
            )
            file.write(b"\x0a" + bytes([len(body)]) + body)


def main(folder: Path) -> None:
    """Build the checkpoint, convert a copy of it the way the store does."""
    import torch  # noqa: PLC0415 - heavy
    from transformers import M2M100Config, M2M100ForConditionalGeneration  # noqa: PLC0415 - heavy

    torch.manual_seed(SEED)
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=ROWS, d_model=1024, encoder_layers=12, decoder_layers=12, encoder_ffn_dim=4096, decoder_ffn_dim=4096,
            encoder_attention_heads=16, decoder_attention_heads=16, max_position_embeddings=1024, scale_embedding=True,
            bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2,
        )
    )  # fmt: skip
    checkpoint = folder / "checkpoint"
    model.save_pretrained(checkpoint)
    del model
    sentencepiece_model(checkpoint / "sentencepiece.bpe.model")
    ready = folder / "ct2"
    ready.mkdir()
    for path in checkpoint.iterdir():
        (ready / path.name).symlink_to(path)
    prepare(ready, backend="nllb")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    main(target)
