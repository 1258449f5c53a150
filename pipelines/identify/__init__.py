"""Which language a text is in: text → ``LanguageGuess``. Script and letters decide first, models only where they cannot."""

from pipelines.identify.guess import identify, identify_lines

__all__ = ["identify", "identify_lines"]
