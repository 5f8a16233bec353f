# Each target makes .venv from the hash-locked requirements.txt when it is missing or older than the lock.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONHASHSEED := 0
export SOURCE_DATE_EPOCH := 1609459200

.PHONY: book check-pages test test-all notebooks bench bench-514 mutate verify lint serve translations clean

book: .venv/ready
	$(BIN)/python -m smart_asn build

test: book
	$(BIN)/pytest

test-all: book
	$(BIN)/pytest -m ""

notebooks: .venv/ready
	$(BIN)/python -m smart_asn build --only notebook

bench: .venv/ready
	$(BIN)/python benchmarks/bench.py

bench-514: .venv/ready
	$(BIN)/python benchmarks/bench.py --runs 0 --sizes 6 60 128 514

mutate: .venv/ready
	$(BIN)/python tests/mutations.py

# ARTICLE is a copy of the article: a PDF with its text, or a text file.
verify: .venv/ready
	$(BIN)/python -m smart_asn verify "$(ARTICLE)"

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify notebooks/*.ipynb notebooks/*/*.ipynb

translations: .venv/ready
	$(BIN)/python -m smart_asn translations

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

# Needs Chromium, Java and npm. CHECKS names some of: links vnu weights axe lighthouse.
check-pages: book node_modules/.package-lock.json
	$(BIN)/python tools/check_pages.py $(CHECKS)

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent
	@touch $@

clean:
	rm -rf _build .pytask pytask.lock

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed; found " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
