# Everything works on a fresh clone with Python 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PICTURES := build/pictures
# The day that dates in the examples are held against, so that the demo says the same every day.
TODAY := 2026-11-21
# How long `make fuzz` searches.
SECONDS ?= 3600
# The files with property tests, which it runs with new examples.
SEARCHED = $(shell grep -rl '^from hypothesis import' tests --include='test_*.py')

.DEFAULT_GOAL := help
# What `check` consists of runs at the same time.
MAKEFLAGS += -j2

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

SITE := build/site
AXE := $(SITE)/node_modules/axe-core/axe.min.js
# The tests of web pages need a browser and its tools; where they are missing these tests are skipped.
BROWSER := $(and $(shell command -v chromium 2> /dev/null),$(shell command -v npm 2> /dev/null))
COMMA := ,

$(VENV)/.runtime: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[pictures]"
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev$(if $(BROWSER),$(COMMA)browser)]"
	@touch $@ $(VENV)/.runtime $(if $(BROWSER),$(VENV)/.browser)

$(VENV)/.data: $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[data,pictures]"
	@touch $@

demo: $(VENV)/.data ## validate, lint, score, measure, discover and draw the examples
	@echo "== validate"; $(BIN)/journeykit validate examples
	@echo; echo "== lint"; $(BIN)/journeykit lint examples --today $(TODAY) --fail-on error
	@echo; echo "== score"; $(BIN)/journeykit score examples
	@echo; echo "== low points"; $(BIN)/journeykit low-points examples
	@echo; echo "== opportunities"; $(BIN)/journeykit opportunities examples
	@echo; echo "== measure"; $(BIN)/journeykit measure examples/measured --config examples/measured/journeykit.toml
	@echo; echo "== discover"; $(BIN)/journeykit discover tickets --config examples/discovered/journeykit.toml
	@echo; echo "== render"; $(BIN)/journeykit render examples --format png --format svg -o $(PICTURES)
	@$(BIN)/journeykit render examples --chart curve --format png --format svg -o $(PICTURES)
	@echo; echo "The pictures are in $(CURDIR)/$(PICTURES)"

check: lint types ## format, lint, types, import contract; both parts at a time

lint: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev
	$(BIN)/mypy

# Types take a minute on one core, so that the tests need not wait for them.
test: check tests ## check, and all tests but the slow ones at the same time

tests: lint $(if $(BROWSER),$(AXE))
	$(BIN)/pytest
	@$(if $(BROWSER),,echo "There is no Chromium or no npm here: the tests of web pages were skipped.")
	@echo "The tests that are marked slow were left out: make test-slow."

test-slow: $(VENV)/.dev $(if $(BROWSER),$(AXE)) ## the tests that make test leaves out: more cases of the same, and the largest
	$(BIN)/pytest -m slow

quick: $(VENV)/.dev ## the unit tests of half a minute, which need no other process and no picture
	$(BIN)/pytest -q tests/vocabulary tests/model tests/comparing/test_comparison.py tests/comparing/test_measurements.py tests/test_source.py tests/test_documented.py

$(VENV)/.browser: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,browser]"
	@touch $@

$(AXE):
	@npm install --silent --no-save --prefix $(SITE) axe-core@4.14.1

test-site: $(VENV)/.browser $(AXE) ## the tests of web pages in Chromium, which has to be installed, as does npm
	$(BIN)/pytest -m '' tests/browser

ACTS := 200
SEED_OF_ACTS = $(or $(SEED),$(shell od -An -N2 -tu2 /dev/urandom | tr -d ' '))

test-edit: $(VENV)/.browser ## ACTS=200 acts at random through the editor in Chromium; SEED= repeats them
	$(BIN)/python -m tests.browser.many_acts --acts $(ACTS) --seed $(SEED_OF_ACTS)

READERS := build/readers
PARSERS := $(READERS)/node_modules/.installed

$(PARSERS): Makefile
	@npm install --silent --no-save --prefix $(READERS) bpmn-moddle@10.3.1 mermaid@11.17.2 jsdom@29.1.1 \
		ajv@8.20.0 ajv-formats@3.0.1 js-yaml@4.1.1 json-canvas-viewer@4.2.1 @mirohq/miro-api@2.2.4
	@touch $@

test-readers: $(VENV)/.dev $(PARSERS) ## exports in Mermaid, bpmn.io, a viewer of JSON Canvas, the client of Miro and LibreOffice, the schema in Ajv, the lines for editors
	$(BIN)/pytest -n 0 -m '' -rs tests/readers

$(VENV)/.engines: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,postgres,spark]"
	@touch $@

test-engines: $(VENV)/.engines ## PostgreSQL and Spark against DuckDB: a server of PostgreSQL and Java 17 have to be installed
	JOURNEYKIT_SPARK=1 $(BIN)/pytest -n 0 -m '' tests/engines

LOWEST := build/lowest
# What is asked of the lowest versions: the start, reading, rules' findings, numbers, editors and the package itself.
WITH_LOWEST = tests/model tests/vocabulary tests/scoring tests/reading tests/comparing tests/server tests/cli/test_help.py \
	tests/cli/test_completion.py tests/test_linting.py tests/test_api.py tests/test_packaging.py tests/test_light_install.py

$(LOWEST)/.dev: pyproject.toml
	@$(PYTHON) -m venv --clear $(LOWEST)
	@$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct -e ".[dev]"
	@touch $@

test-lowest: $(LOWEST)/.dev ## the lowest versions of the dependencies that pyproject.toml allows, on Python 3.11
	$(LOWEST)/bin/python -m pytest $(WITH_LOWEST)

fuzz: $(VENV)/.dev ## search for inputs that go wrong, SECONDS=3600 in all; SEED= repeats a search
	@status=0; half=$$(( $(SECONDS) / 2 )); seed=$(or $(SEED),$$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')); \
	$(BIN)/python -m tests.fuzz --seconds $$half --seed $$seed || status=1; \
	echo "Property tests with new examples, hypothesis seed $$seed, for $$half s:"; \
	JOURNEYKIT_SEARCH=$$half $(BIN)/pytest -q -x --hypothesis-seed=$$seed -m hypothesis $(SEARCHED) \
	|| { status=1; echo "Repeat it with: make fuzz SEED=$$seed"; }; \
	exit $$status

bench: $(VENV)/.dev ## ratios of times against other tools that are installed
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## refresh what is generated: schema, tables of fields, pages of rules, outputs and pictures
	$(BIN)/python -m journeykit.model.json_schema
	$(BIN)/python -m tests.format_tables
	$(BIN)/python -m tests.rule_pages
	$(BIN)/python -m tests.lane_pages
	$(BIN)/python -m tests.api_page
	$(BIN)/python -m tests.decision_index
	$(BIN)/python -m tests.readme
	$(BIN)/python -m tests.gallery

$(VENV)/.docs: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,docs]"
	@touch $@

docs-site: $(VENV)/.docs ## the documentation as a web site in build/docs, with the portfolio of the examples; fails at a dead link
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	$(BIN)/python -m tests.docs_site

RELEASE := build/release/bin

$(RELEASE)/twine: constraints.txt
	@test -x $(RELEASE)/python || $(PYTHON) -m venv build/release
	@$(RELEASE)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt build check-wheel-contents hatchling pyroma twine
	@touch $@

dist: $(RELEASE)/twine ## build the packages and check them; JOURNEYKIT_REPOSITORY=https://… is where they lead to
	rm -rf dist
	$(RELEASE)/python -m build --no-isolation --outdir dist .
	$(RELEASE)/python -m build --no-isolation --wheel --outdir dist complete
	$(RELEASE)/twine check --strict dist/*
	$(RELEASE)/check-wheel-contents --ignore W007,W008 dist/*.whl
	$(RELEASE)/pyroma --min $(if $(JOURNEYKIT_CONTACT),10,8) dist/*.tar.gz

vscode: ## the extension for VS Code as build/journeykit.vsix; needs node and npm
	rm -rf build/vscode
	mkdir -p build
	cp -r editors/vscode build/vscode
	cd build/vscode && npm install --silent && npm run --silent check && npm run --silent package -- --out ../journeykit.vsix

clean: ## remove what was built
	rm -rf build dist $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: help demo check lint types test tests test-slow test-engines test-site test-edit test-readers test-lowest quick fuzz bench docs docs-site dist vscode clean
