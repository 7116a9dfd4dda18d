#!/usr/bin/env bash
# Renew the locks: uv.lock is the truth, the requirement files let plain pip install the same with hashes.
set -euo pipefail
cd "$(dirname "$0")/.."
uv lock "$@"
export_lock() { uv export --quiet --frozen --no-emit-project --no-header --extra web --group build "$@"; }
export_lock --no-dev -o requirements.lock
export_lock -o requirements-dev.lock
export_lock --group bench -o requirements-bench.lock
