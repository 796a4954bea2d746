# Dua perintah untuk semuanya: make demo dan make test. Yang lain untuk pengembang.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8081

.PHONY: demo run test drill check format bench lock clean

demo: $(VENV)/.installed
	$(BIN)/pokja demo --port $(PORT)

run: $(VENV)/.installed
	$(BIN)/pokja run

# Seratusan proses dimulai oleh ujian: tanpa hasil kompilasi yang disimpan, masing-masing mengompilasi semuanya lagi.
# Banyak ujian lebih lama menunggu daripada bekerja, maka satu pekerja lebih dari jumlah prosesor.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)') --dist worksteal

# Sepuluh ribu percakapan acak: setiap kata yang diketik harus sampai di tempat yang tampak di layar.
SESSIONS ?= 10000
# Yang lama dan jarang: gangguan basis data sepanjang aslinya. Angkanya ada di docs/keputusan.md.
drill: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -m drill --drill
	DRILL=$(SESSIONS) $(BIN)/python -m pytest -q tests/bot/handlers/test_conversation.py

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/test_architecture.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench
	$(BIN)/python -m bench.outbox
	$(BIN)/python -m bench.outbox --kills 3

# Memutakhirkan daftar paket: versi dan sidik (hash) saja, tanpa alamat unduhan.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --extra build pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Perlu Python 3.11 atau lebih baru; pilih dengan: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
