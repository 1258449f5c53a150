"""What the bot says, in English, Russian, Dari and Pashto: Fluent catalogues beside this file, one a language.

Key and arguments → a text ready to be shown. A language of the reader that has no catalogue is answered in the nearest one:
Persian in Dari, everything else in English.
"""

from bot.i18n.catalogue import SPOKEN, Argument, Speech, SpeechError, preload, raising, say, spoken
from bot.i18n.failures import explain

__all__ = ["SPOKEN", "Argument", "Speech", "SpeechError", "explain", "preload", "raising", "say", "spoken"]
