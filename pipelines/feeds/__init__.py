"""Feeds become items: ``read`` parses what a server sent, ``poll`` asks it when it is time, ``identity`` knows an item again.

Nothing is imported here: feedparser and lxml load with the first feed that is read.
"""
