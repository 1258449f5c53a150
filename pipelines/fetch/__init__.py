"""Sources become pages: ``http`` downloads under a guard, ``files`` reads files, ``charset`` makes text of bytes.

Nothing is imported here, so that a file can be read without loading the network stack.
"""
