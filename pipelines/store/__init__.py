"""The model store: what models there are, fetching them safely, and which of them are installed."""
