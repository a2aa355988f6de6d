# Every target is a thin call: without make, type the command yourself.
PYTHON ?= python3
RUN := .venv/bin/python -m

# Where Python may not keep what it compiled beside the sources, it keeps it in var/.
ifdef PYTHONDONTWRITEBYTECODE
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/var/bytecode
endif

.DEFAULT_GOAL := help
.PHONY: help demo demo-data test lint format types migrations assets assets-fresh \
	messages bench check prepare

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' Makefile \
		| awk -F'#' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: ## Install, load the demo wiki, serve it (PORT=8000 HOST=127.0.0.1 DEMO_DIR=var/demo)
	@$(PYTHON) -m scripts.demo

demo-data: ## Load the demo wiki without serving it (DEMO_DIR=var/demo)
	@$(PYTHON) -m scripts.demo --data-only

test: ## Run every test on SQLite and on PostgreSQL (ARGS="-k stays")
	@$(PYTHON) -m scripts.test $(ARGS)

lint: prepare ## Check style, templates, the import map and the house rules
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) djlint --lint --quiet templates
	.venv/bin/lint-imports --no-logo
	$(RUN) pytest --quiet tests/test_repository.py

format: prepare ## Rewrite Python files in the house style
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

types: prepare ## Check types
	$(RUN) mypy

migrations: prepare ## Check that every model change has its migration
	DJANGO_SETTINGS_MODULE=thrillwiki.settings.test DATABASE_URL=sqlite://:memory: \
		.venv/bin/python manage.py makemigrations --check --dry-run

assets: ## Build static/site/ from assets/ and templates/ (commit what changes)
	@$(PYTHON) -m scripts.assets

assets-fresh: ## Check that static/site/ was built from these sources
	@$(PYTHON) -m scripts.assets_fresh

messages: prepare ## Collect the texts of the interface, compile their translations
	$(RUN) scripts.messages

bench: ## Measure tests/benchmarks/ on PostgreSQL (ARGS="-k park")
	@$(PYTHON) -m scripts.bench $(ARGS)

check: lint types migrations assets-fresh ## Run all checks of .ci/run except the tests

prepare:
	@$(PYTHON) -m scripts.bootstrap --dev
