"""Sources as error sentences name them: an address or path -> a short, harmless piece of one line."""

from __future__ import annotations


def shorten(url: str, limit: int = 100) -> str:
    """Address in quotation marks, short enough for a message."""
    clean = "".join(char if char.isprintable() else "?" for char in url)
    return f"'{clean}'" if len(clean) <= limit else f"'{clean[:limit]}…'"
