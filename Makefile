# 乡桥 · the two commands are `make demo` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
RUN := .venv/.run-stamp
DEV := .venv/.dev-stamp
BENCH := .venv/.bench-stamp

.PHONY: help demo test test-postgres tour check fix bench bench-full setup messages lock

help: ## 列出全部命令 / list these commands
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sort | awk -F':.*?## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(RUN): requirements.lock pyproject.toml tools/setup.sh tools/prerequisites.sh
	@tools/prerequisites.sh run
	@tools/setup.sh run
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml tools/setup.sh tools/prerequisites.sh
	@tools/prerequisites.sh test
	@tools/setup.sh dev
	@touch $@ $(RUN)

$(BENCH): $(DEV) requirements-bench.lock
	@tools/setup.sh bench
	@touch $@

setup: $(RUN) ## 安装运行所需 / install what running needs

demo: $(RUN) ## 一条命令看到全部：示例县 / the demo county: load, check, screen, pair, serve (FRESH=1, LAN=1, SIZE=small, PORT=8000)
	@.venv/bin/xiangqiao demo $(if $(SIZE),--size $(SIZE)) $(if $(FRESH),--fresh) $(if $(LAN),--lan) $(if $(PORT),--port $(PORT))

test: $(DEV) ## 全部测试 / all tests, on SQLite and PostgreSQL
	$(PY) -m pytest -n auto --dist loadfile --durations=20
	$(PY) -m pytest --postgres -m "not browser and not sqlite_only" -p no:cacheprovider src/xiangqiao tests

tour: $(DEV) ## 重拍 docs/tour 的图 / walk the printed tour and take its pictures anew
	XIANGQIAO_TOUR=1 $(PY) -m pytest tests/test_tour_browser.py

check: $(DEV) ## 格式、类型、结构、迁移、译文 / format, types, architecture, migrations, translations
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) tools/messages.py --check

fix: $(DEV) ## 自动整理代码 / format and mend what can be mended
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: $(DEV) ## 更新译文 / gather strings and compile translations
	$(PY) tools/messages.py

bench: $(BENCH) ## 快速性能比较 / the quick benches
	$(PY) bench/run.py

bench-full: $(BENCH) ## 全部性能比较 / every bench
	$(PY) bench/run.py --full

lock: ## 更新依赖锁 / renew the locks (needs uv)
	tools/lock.sh
