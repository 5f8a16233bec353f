# Each target makes .venv from the hash-locked requirements.txt when it is missing, older than the lock, or not this
# folder's: copied with the project, left behind when it was moved, or made with a Python that is gone. Those that test,
# check or measure add requirements-dev.txt; what validates the exports has an environment of its own, .venv-check.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Tells the environment's JupyterLab to save source notebooks without outputs.
LAB := .venv/etc/jupyter/jupyter_server_config.json
export PYTHONHASHSEED := 0
export SOURCE_DATE_EPOCH := 1609459200
# What a shell may have set for other work, and what would stop a build or draw its figures otherwise.
unexport MPLBACKEND PYTHONWARNINGS PYTHONSTARTUP PYTHONPATH PYTHONHOME

.PHONY: book check-books pdf check-exports check-pages test test-all notebooks bench bench-514 pythons mutate verify lint verify-claims release reproduce metadata serve install-site audit translations clean

OURS := import os, smart_asn; print(os.path.samefile(next(iter(smart_asn.__path__)), "src/smart_asn"))
ifneq ($(shell $(BIN)/python -I -c '$(OURS)' 2>/dev/null),True)
.PHONY: .venv/ready
endif

book: .venv/ready $(LAB)
	$(BIN)/python -P -m smart_asn build

# Needs Chromium: each edition and its certificate as a PDF, which the site then offers.
pdf: book .venv/ready-dev
	$(BIN)/python -P -m smart_asn pdf

test: book .venv/ready-dev
	$(BIN)/pytest

test-all: book .venv/ready-dev
	$(BIN)/pytest -m ""

notebooks: .venv/ready $(LAB)
	$(BIN)/python -P -m smart_asn build --only notebook

bench: .venv/ready-dev
	$(BIN)/python benchmarks/bench.py

bench-514: .venv/ready-dev
	$(BIN)/python benchmarks/bench.py --runs 0 --sizes 6 60 128 514

# With the lowest and the highest Python of this machine, as far as it has others than the one of .venv.
pythons: book
	$(BIN)/python tools/pythons.py

mutate: .venv/ready-dev
	$(BIN)/python tools/mutations.py

# ARTICLE is a copy of the article: a PDF with its text, or a text file.
verify: .venv/ready
	$(BIN)/python -P -m smart_asn verify "$(ARTICLE)"

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify notebooks/*.ipynb notebooks/*/*.ipynb
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/actionlint .github/workflows/*.yml
	$(BIN)/zizmor --offline --quiet --persona=pedantic .github/workflows

# VERSION is the version to release, which every file that names one must have.
release: .venv/ready-dev
	$(BIN)/python -P -m smart_asn release "$(VERSION)"
	$(BIN)/python tools/bill_of_materials.py "_build/release/$(VERSION)/bill-of-materials.json"

# SUMS is a release's SHA256SUMS; without it the newest in data/releases is taken.
reproduce: .venv/ready
	$(BIN)/python -P -m smart_asn reproduce $(if $(SUMS),"$(SUMS)")

# Write anew what others' programs read and what follows from other files: see "Files that follow from others".
metadata: book .venv/ready-dev
	$(BIN)/python tools/metadata.py
	$(BIN)/python tools/manifest.py

# Another's program, claims-cli, checks repro.yaml; with SMART_ASN_ARTICLE every anchor in the article, too.
verify-claims: .venv/ready-dev
	$(BIN)/python tools/manifest.py --verify

translations: .venv/ready
	$(BIN)/python -P -m smart_asn translations

serve: book
	@$(BIN)/python tools/serve.py "$(PORT)"

# TO is the folder that a server serves: docs/hosting.md.
install-site: book
	@$(BIN)/python tools/install_site.py "$(TO)"

# Asks the vulnerability data bases of PyPI and npm about every locked package; not part of the tests, for it needs them.
audit: .venv/ready-dev
	$(BIN)/pip-audit --disable-pip --require-hashes -r requirements.txt -r requirements-dev.txt
	npm audit --package-lock-only

# Needs Chromium, Java and npm. CHECKS names some of: links vnu exports books weights axe lighthouse.
check-pages: book .venv/ready-dev .venv-check/ready node_modules/.package-lock.json
	$(BIN)/python tools/check_pages.py $(CHECKS)

# What the book has for other programs, by their own validators. EXPORTS names some of them.
check-exports: book .venv-check/ready
	$(BIN)/python tools/check_exports.py $(EXPORTS)

# CHECKS names some of: epubcheck ace pdf codecheck. Without names it runs those whose tools are there.
check-books: book .venv/ready-dev
	$(BIN)/python tools/check_books.py $(CHECKS)

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

$(LAB): src/smart_asn/jupyter_server_config.json .venv/ready
	@cp $< $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

.venv-check/ready: requirements-check.txt
	$(PYTHON) -m venv --clear .venv-check
	.venv-check/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-check.txt
	@touch $@
