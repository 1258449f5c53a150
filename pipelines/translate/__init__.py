"""Translation of a digest's texts; each back-end is one file. ``dari`` needs no model: Persian of Iran → Dari usage."""
