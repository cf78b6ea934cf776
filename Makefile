# Two commands matter: `make demo` opens the local chat, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
PEERS := .venv-benchmark
SUPPLY := .venv-supply
RUN := $(VENV)/bin/python
CONTAINER ?= $(or $(shell command -v podman),docker)
FLAVOUR ?= slim

.PHONY: demo test check index ask benchmark locked lock image image-test audit clean

demo: $(VENV)/runtime  ## the chat page on this machine, no token needed
	$(RUN) -m bot demo

test: check  ## lint, types and all tests
	$(RUN) -m pytest

check: $(VENV)/development  ## lint, types and the layers
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports

index: $(VENV)/runtime  ## build the index where it no longer holds
	$(RUN) -m retrieval index

ask: export QUESTION := $(value Q)
ask: $(VENV)/runtime  ## make ask Q="Ai chủ trì hội nghị?"
	@$(RUN) -m retrieval ask "$$QUESTION"

benchmark: export HF_HUB_OFFLINE := 1
benchmark: export HAYSTACK_TELEMETRY_ENABLED := False
benchmark: $(PEERS)/installed  ## quality and speed beside other libraries, on ../shared/bench
	$(PEERS)/bin/python -m benchmarks.peers --picture docs/peers.svg --json data/peers.json
	$(PEERS)/bin/python -m benchmarks.speed

locked:  ## the environment of requirements.lock, every file checked against its hash
	$(PYTHON) -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements.lock
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(VENV)/runtime $(VENV)/development

# Pins that pyproject.toml still allows stay; delete the files to take the newest of all. PyTorch's CPU
# build is taken where UV_FIND_LINKS or UV_EXTRA_INDEX_URL names a place that has it.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(SUPPLY)/bin/uv pip compile --quiet \
	--python-version 3.11 --generate-hashes --no-annotate
lock: $(SUPPLY)/installed  ## write requirements.lock, and the images' locks in deploy/
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml deploy/slim.in
	$(COMPILE) --constraint requirements.lock --output-file deploy/full.lock pyproject.toml deploy/slim.in
	$(COMPILE) --constraint requirements.lock --output-file deploy/slim.lock deploy/slim.in

image:  ## the slim image; FLAVOUR=full for the one with torch
	$(CONTAINER) build $(BUILD_OPTIONS) --build-arg FLAVOUR=$(FLAVOUR) --tag trichdan:$(FLAVOUR) .

image-test: $(VENV)/development image  ## build the image with podman and try it
	IMAGE=localhost/trichdan:$(FLAVOUR) $(RUN) -m pytest tests/deploy/test_image.py

audit: $(SUPPLY)/installed  ## every locked file against its hash, then the known vulnerabilities
	$(SUPPLY)/bin/pip install --dry-run --ignore-installed --require-hashes \
		--requirement requirements.lock
	$(SUPPLY)/bin/pip-audit --strict --vulnerability-service osv --disable-pip --require-hashes \
		--requirement requirements.lock

clean:  ## remove the environments, the caches here, the index and the bot's database
	rm -rf $(VENV) $(PEERS) $(SUPPLY) data .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

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

$(SUPPLY)/installed:
	$(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet "uv>=0.13" "pip-audit>=2.10,<3"
	touch $@
