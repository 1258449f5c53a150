"""Languages as feeds declare them → a tag in lower case, or None."""

from __future__ import annotations

import re
from typing import Final

MOST_CHARACTERS: Final = 8
_TAG: Final = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{1,8}){0,3}")


def language_tag(written: str) -> str | None:
    """BCP 47, at most eight characters ("fa-af"); of a longer tag its language alone, and None for what is no tag."""
    tag = written.strip().lower().replace("_", "-")
    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    return tag if len(tag) <= MOST_CHARACTERS else match[1]
