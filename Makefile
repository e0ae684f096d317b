# make run      install what is needed, run the demonstration, then serve the application (Ctrl-C stops it)
# make test     the tests, without a warning tolerated
# make check    all that must hold before a change goes in: style, types, layers, tests, coverage of the domain
# make bench    the national run beside its peers (bench/README.md); the survey: make bench-survey (bench/SURVEY.md);
#               the web application: make bench-web, the acts over a nation: make bench-finalising (bench/WEB.md); a bundle
#               of a nation verified: make bench-verify (bench/README.md)
# make docs     write docs/reference from the code
# make screenshots  pictures of every page at both sizes, into output/screenshots
# make mutation a mutation run over the scoring rules; lists its survivors
# make lock     uv.lock and requirements/ from pyproject.toml (needs uv)
# make clean    away with all that can be made again; .venv too with `make clean-all`

SHELL := /bin/sh
BIN := .venv/bin
export PYTHONPATH :=
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal
# Everything runs on SQLite; on PostgreSQL what a database decides (DEVELOPMENT.md, "Tests"): `both`, and `waiting`, which
# SQLite cannot do.
DATABASE_TESTS := tests/journeys tests/integration/web tests/integration/test_prepared_queries.py -m "both or waiting"

.PHONY: run test check static bench bench-survey bench-web bench-finalising bench-verify docs screenshots mutation lock clean clean-all
.DEFAULT_GOAL := run

run:
	@scripts/install run
	@$(BIN)/parindex demo
	@$(BIN)/parindex serve --demo $(SERVE_ARGS)

test:
	@scripts/install test
	@$(PYTEST) $(PYTEST_ARGS)
	@$(BIN)/python -m tests.postgresql $(PYTEST) $(DATABASE_TESTS) $(PYTEST_ARGS)

check: static
	@$(PYTEST) --cov --cov-report=
	@$(BIN)/python -m coverage report --include='src/parindex/domain/*' --fail-under=100

static:
	@scripts/install check
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench:
	@scripts/install bench
	@$(BIN)/python -m bench.national $(BENCH_ARGS)

bench-survey:
	@scripts/install bench
	@$(BIN)/python -m bench.survey $(BENCH_ARGS)

bench-web:
	@scripts/install run
	@$(BIN)/python -m bench.web $(BENCH_ARGS)

bench-verify:
	@scripts/install bench
	@$(BIN)/python -m bench.verify $(BENCH_ARGS)

bench-finalising:
	@scripts/install run
	@$(BIN)/python -m bench.finalising $(BENCH_ARGS)

docs:
	@scripts/install run
	@$(BIN)/python -m docs.generate

screenshots:
	@scripts/install test
	@$(BIN)/python -m scripts.screenshots output/screenshots/demonstration
	@PARINDEX_SHOTS=output/screenshots/every-page $(PYTEST) tests/journeys/test_every_page.py

mutation:
	@scripts/install test
	@$(BIN)/python -m tests.mutation.run $(MUTATION_ARGS)

lock:
	@uv lock
	@python3 scripts/export_requirements.py

clean:
	@rm -rf .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist build output bench/output
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

clean-all: clean
	@rm -rf .venv .venv.log
