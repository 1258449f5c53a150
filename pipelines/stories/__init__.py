"""Which reports tell one event, across sources and languages, and which texts name an editor's terms; no storage, no network."""
