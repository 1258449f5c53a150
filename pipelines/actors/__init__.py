"""Key actors of an article: who, in what role, how central, and by what name in each reader's language.

Article and sentences → mentions (a tagger per language, and the termbase over all of them) → actors (mentions merged,
ranked) → names and roles by language.
"""
