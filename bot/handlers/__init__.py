"""What people do with the bot, one file a conversation: article, buttons, settings, privacy, owner, groups, inline.

Handlers are thin: update → intent → job or stored choice → words. They know Telegram's updates and nothing of its limits.
"""
