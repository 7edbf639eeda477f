# make demo      sets everything up, builds the graph of seeds/ into out/ and says what to open next
# make test      sets everything up and runs the tests
# make lint      style and types
# make figures   stores the figures that the tests print changes against
# make docs      runs the commands that README.md, docs/ and notebooks/ show, and writes what they print into them
# make train     trains the language pipeline from open data: make train DATA=folder [PLAIN='file.jsonl ...']
# make clean     removes what was made here

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := work-training

.PHONY: demo test lint figures docs train clean .data-given
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	$(BIN)/indiggraph build seeds -o out
	@echo
	@echo "Open   out/view.html in a browser."
	@echo "Run    $(BIN)/indiggraph query --list"
	@echo "       $(BIN)/indiggraph query out --name sums-by-sector"
	@echo "       $(BIN)/indiggraph show out 'a name from the picture'"
	@echo "       $(BIN)/indiggraph validate out"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy indiggraph benchmarks docs

figures: $(VENV)/.installed-dev
	$(BIN)/python -m tests.figures

docs: $(VENV)/.installed-dev
	$(BIN)/python -m docs.render

# glibc then keeps the memory of a step for the next one, which saves a fifth of the time.
train: export MALLOC_MMAP_THRESHOLD_ := 4294967296
train: export MALLOC_TRIM_THRESHOLD_ := 8589934592
train: .data-given $(VENV)/.installed-train
	$(BIN)/python -m training.train --data "$(DATA)" --out $(RUN)/teacher
	$(BIN)/python -m training.train --data "$(DATA)" --out $(RUN)/student --seed 2 --taught-by $(RUN)/teacher --plain $(PLAIN)
	$(BIN)/python -m training.export --data "$(DATA)" --run $(RUN)/student
	$(BIN)/python -m training.vectors --data "$(DATA)"
	$(BIN)/python -m training.boundaries --data "$(DATA)"
	$(BIN)/python -m training.evaluate --data "$(DATA)"

.data-given:
	@test -n "$(DATA)" || { echo "make train DATA=folder of the treebanks and entity corpora"; exit 2; }

clean:
	rm -rf $(VENV) out build $(RUN) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Stamps: the environment is made anew only when what it installs has changed.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-train: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	@touch $@
