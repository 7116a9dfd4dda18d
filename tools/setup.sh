#!/usr/bin/env bash
# Make .venv from the lock: with uv where there is one, else with pip and hashes.   usage: setup.sh run|dev|bench
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}
python=${PYTHON:-python3}
stop() { printf '==> %s\n' "$@" >&2; exit 1; }

command -v "$python" >/dev/null || stop "没有找到 python3 / python3 is missing:  sudo apt-get install -y python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "需要 Python 3.11 或更新 / Python 3.11 or newer is needed; found: $("$python" --version)"

if command -v uv >/dev/null; then
  echo "==> 准备运行环境 / preparing .venv (uv, $kind)"
  case $kind in
    run) uv sync --quiet --frozen --extra web --no-dev --inexact ;;
    dev) uv sync --quiet --frozen --extra web --inexact ;;
    bench) uv sync --quiet --frozen --extra web --group bench --inexact ;;
  esac
else
  echo "==> 准备运行环境 / preparing .venv (pip, $kind)"
  if [ ! -x .venv/bin/pip ]; then
    "$python" -c 'import ensurepip' 2>/dev/null || {
      [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1
    }
    "$python" -m venv .venv || stop "缺少 venv / venv is missing:  sudo apt-get install -y python3-venv"
  fi
  lock=requirements.lock; [ "$kind" = run ] || lock=requirements-$kind.lock
  .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
