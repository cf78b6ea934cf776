# Two commands matter: `make demo` opens the local chat, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
PEERS := .venv-benchmark
SUPPLY := .venv-supply
TRIAL := .venv-trial
RUN := $(VENV)/bin/python
CONTAINER ?= $(or $(shell command -v podman),docker)
FLAVOUR ?= slim

.PHONY: demo chat test check index ask benchmark locked lock platforms newest release image image-test \
	audit clean

# What answers need is a third of the whole and takes less than half the time. The rest, torch above
# all, is installed while the chat is open already. A .env may name an encoder that needs it at once.
ENOUGH := $(VENV)/$(if $(wildcard .env),runtime,answers)
demo: $(ENOUGH)  ## the chat page on this machine, no token needed
	@$(MAKE) --no-print-directory --jobs 2 chat $(VENV)/runtime

chat:  # what `demo` opens
	$(RUN) -m bot demo

test: check  ## lint, types and all tests, a file on each core
	$(RUN) -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/development  ## lint, types and the layers
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports

index: $(ENOUGH)  ## build the index where it no longer holds
	$(RUN) -m retrieval index

ask: export QUESTION := $(value Q)
ask: $(ENOUGH)  ## make ask Q="Ai chủ trì hội nghị?"
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
	touch $(VENV)/answers $(VENV)/runtime $(VENV)/development

# Pins that pyproject.toml still allows stay; delete the files to take the newest of all. PyTorch's CPU
# build is taken where UV_FIND_LINKS or UV_EXTRA_INDEX_URL names a place that has it.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(SUPPLY)/bin/uv pip compile --quiet \
	--python-version 3.11 --generate-hashes --no-annotate
lock: $(SUPPLY)/installed  ## write requirements.lock, and the images' locks in deploy/
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml deploy/slim.in
	$(COMPILE) --constraint requirements.lock --output-file deploy/full.lock pyproject.toml deploy/slim.in
	$(COMPILE) --constraint requirements.lock --output-file deploy/slim.lock deploy/slim.in

# Wheels alone, because a machine without a compiler builds nothing. PyTorch asks for macOS 14.
PLATFORMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin x86_64-pc-windows-msvc
PYTHONS := 3.11 3.12 3.13 3.14
platforms: export MACOSX_DEPLOYMENT_TARGET := 14.0
platforms: $(SUPPLY)/installed  ## whether every dependency has a wheel for each system and Python
	@for platform in $(PLATFORMS); do for version in $(PYTHONS); do echo "$$platform $$version"; done; done \
	| xargs -P 4 -L 1 sh -c '$(SUPPLY)/bin/uv pip compile --quiet --only-binary :all: --extra postgres \
		--python-platform "$$0" --python-version "$$1" pyproject.toml >/dev/null \
		&& echo "$$0, Python $$1: all have wheels"'

# The slim set, since it needs no torch; NEWEST names a version, which uv fetches, or an interpreter.
NEWEST ?= 3.14
NEWEST_TESTS := tests/test_end_to_end.py tests/bot/backup tests/bot/handlers tests/bot/store \
	tests/retrieval/index tests/retrieval/language tests/retrieval/ranking tests/retrieval/reading/formats
newest: $(SUPPLY)/installed  ## the tests that need no torch, on a newer Python
	$(SUPPLY)/bin/uv venv --quiet --clear --python $(NEWEST) .venv-newest
	$(SUPPLY)/bin/uv pip install --quiet --python .venv-newest --require-hashes \
		--requirement deploy/slim.lock
	$(SUPPLY)/bin/uv pip install --quiet --python .venv-newest --constraint requirements.lock \
		hypothesis pytest pytest-asyncio python-docx python-pptx
	.venv-newest/bin/python -m pytest $(NEWEST_TESTS)

# Everything in dist/ has been tried: the wheel in an environment of its own, far from this folder.
release: $(VENV)/development $(SUPPLY)/installed  ## sdist, wheel and bill of materials, in dist/
	rm -rf dist
	$(SUPPLY)/bin/python -m build --outdir dist
	$(SUPPLY)/bin/twine check --strict dist/*
	$(SUPPLY)/bin/uv venv --quiet --clear $(TRIAL)
	$(SUPPLY)/bin/uv pip install --quiet --python $(TRIAL) --constraint requirements.lock dist/*.whl
	$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file dist/trichdan.cdx.json $(TRIAL)
	TRIAL=$(TRIAL) $(RUN) -m pytest tests/deploy/test_release.py

# The format of podman's own knows no health check.
FORMAT := $(if $(findstring podman,$(CONTAINER)),--format docker)
image:  ## the slim image; FLAVOUR=full for the one with torch
	$(CONTAINER) build $(FORMAT) $(BUILD_OPTIONS) --build-arg FLAVOUR=$(FLAVOUR) --tag trichdan:$(FLAVOUR) .

image-test: $(VENV)/development image  ## build the image with podman and try it
	IMAGE=localhost/trichdan:$(FLAVOUR) $(RUN) -m pytest tests/deploy/test_image.py

audit: $(SUPPLY)/installed  ## every locked file against its hash, then the known vulnerabilities
	$(SUPPLY)/bin/pip install --dry-run --ignore-installed --require-hashes \
		--requirement requirements.lock
	$(SUPPLY)/bin/pip-audit --strict --vulnerability-service osv --disable-pip --require-hashes \
		--requirement requirements.lock

clean:  ## remove the environments, the caches here, the index and the bot's database
	rm -rf $(VENV) $(PEERS) $(SUPPLY) $(TRIAL) .venv-newest dist data .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The three stamps hold the environment; pip runs again only when a list of dependencies has changed.
$(VENV)/answers: pyproject.toml deploy/slim.in
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --requirement deploy/slim.in
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# nice, because the chat answers meanwhile.
$(VENV)/runtime: $(VENV)/answers
	nice $(RUN) -m pip install --quiet --editable .
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
	$(SUPPLY)/bin/python -m pip install --quiet "uv>=0.13" "pip-audit>=2.10,<3" \
		"build>=1.5,<2" "twine>=7,<8" "cyclonedx-bom>=7.5,<8"
	touch $@
