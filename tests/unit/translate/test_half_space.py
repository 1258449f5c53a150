"""ZWNJ comes back where Persian never writes a space, and nowhere else."""

from __future__ import annotations

import pytest

from pipelines.translate.half_space import half_spaced

Z = "\u200c"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("او به کابل می رود.", f"او به کابل می{Z}رود."),
        ("آنها نمی توانند بیایند.", f"آنها نمی{Z}توانند بیایند."),
        ("کشور های همسایه و نامه ها", f"کشور{Z}های همسایه و نامه{Z}ها"),
        (f"می{Z}رود", f"می{Z}رود"),
        ("قدیمی است", "قدیمی است"),
        ("می، نه آب", "می، نه آب"),
        ("گفت وگو", "گفت وگو"),
        ("هاشمی و سه هاتف", "هاشمی و سه هاتف"),
        ("می 2024", "می 2024"),
    ],
)
def test_only_prefixes_of_verbs_and_plurals_are_joined(written: str, wanted: str) -> None:
    assert half_spaced(written) == wanted
    assert half_spaced(wanted) == wanted
