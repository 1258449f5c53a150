"""Auto-digests of channels: when an issue is due, what goes into it, how it reads.

``schedule`` is pure and stands below ``bot.storage``, which keeps it; everything else here stands above.
"""
