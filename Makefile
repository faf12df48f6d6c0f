# The newcomer's menu. `make run` and `make test` set up all they need.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= demo

.PHONY: run test check forms golden screens charts bench bundle lock samples clean

run: .venv/ready ## set up, do the main job on the sample workbooks, and open the window where there is a screen
	$(BIN)/pcp-desktop demo --out $(OUT)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/pcp-desktop $(OUT)/leicestershire-panel.pcp; fi

test: .venv/ready check ## set up; lint, types, contracts and all tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile

check: .venv/ready ## lint, types, import contracts, compiled forms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python packaging/compile_forms.py --check

forms: .venv/ready ## compile ui/*.ui after a change
	$(BIN)/python packaging/compile_forms.py

golden: .venv/ready ## rewrite the golden files; review the difference before committing
	GOLDEN_UPDATE=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests -q -k golden

screens: .venv/ready ## pictures of every screen in three themes, both sizes and with large text, in build/screens
	$(BIN)/pcp-desktop demo --out build/demo
	for theme in light dark contrast; do for kind in 1366x768-100 1920x1080-100 1366x768-150; do \
	  $(BIN)/pcp-desktop screens build/demo/leicestershire-panel.pcp --out build/screens/$$theme-$$kind \
	    --size $${kind%-*} --text $${kind#*-} --theme $$theme || exit 1; done; done

charts: .venv/ready ## pictures of every kind of chart on screen, on paper and in grey, in build/charts
	$(BIN)/python -m tests.gallery.draw build/charts

bench: .venv/ready ## simulations and ratios; not part of the tests; WORKBOOKS=FOLDER projects the series of real ones too
	$(BIN)/python -m tests.benchmarks.simulate_baseline_test
	$(BIN)/python -m tests.benchmarks.simulate_expected_range
	$(BIN)/python -m tests.benchmarks.simulate_many_tests
	$(BIN)/python -m tests.benchmarks.simulate_projection $(WORKBOOKS)
	-QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.bench_first_window
	-QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.bench_priority_tabs
	-$(BIN)/python -m tests.benchmarks.bench_papers
	-$(BIN)/python -m tests.benchmarks.bench_reading
	-$(BIN)/python -m tests.benchmarks.bench_pack
	-QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.bench_pack_window
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/benchmarks -m benchmark -s

samples: .venv/ready ## remake the sample workbooks
	$(BIN)/python sample_workbooks/make_sample_workbooks.py

bundle: .venv/ready ## the wheel, in dist/
	$(BIN)/python -m hatchling build -t wheel

lock: .venv/ready ## renew requirements.lock for every platform
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --all-extras \
	  --upgrade pyproject.toml -o requirements.lock

.venv/ready: requirements.lock pyproject.toml packaging/debian-packages.txt
	packaging/system_packages.sh
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv build dist demo
