"""Sources that were read or pasted -> the article in them, its boilerplate gone: `page`, `pasted`, `documents`."""
