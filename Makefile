# Two commands matter: `make demo` opens the local chat, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
PEERS := .venv-benchmark
RUN := $(VENV)/bin/python

.PHONY: demo test check index ask benchmark clean

demo: $(VENV)/runtime  ## the chat page on this machine, no token needed
	$(RUN) -m bot demo

test: check  ## lint, types and all tests
	$(RUN) -m pytest

check: $(VENV)/development  ## lint and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

index: $(VENV)/runtime  ## build the index where it no longer holds
	$(RUN) -m retrieval index

ask: export QUESTION := $(value Q)
ask: $(VENV)/runtime  ## make ask Q="Ai chủ trì hội nghị?"
	@$(RUN) -m retrieval ask "$$QUESTION"

benchmark: $(PEERS)/installed  ## side by side with other libraries, on ../shared/bench
	HF_HUB_OFFLINE=1 HAYSTACK_TELEMETRY_ENABLED=False $(PEERS)/bin/python -m benchmarks.peers \
		--picture docs/peers.svg --json data/peers.json

clean:  ## remove the environment, the index and the bot's database
	rm -rf $(VENV) $(PEERS) data .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The two stamps hold the environment; pip runs again only when pyproject.toml has changed.
$(VENV)/runtime: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --editable .
	touch $@

$(VENV)/development: $(VENV)/runtime
	$(RUN) -m pip install --quiet --editable ".[dev]"
	touch $@

# The peers have requirements of their own; torch is bound so that pip takes no CUDA build.
$(PEERS)/installed: pyproject.toml benchmarks/requirements-peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --editable . --requirement benchmarks/requirements-peers.txt
	touch $@
