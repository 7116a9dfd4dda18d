#!/usr/bin/env bash
# Name what pip cannot bring, and, as root on Debian, install it.   usage: prerequisites.sh run|test
set -euo pipefail
want=(fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
[ "${1:-run}" = test ] && want+=(chromium postgresql-15 gettext)
missing=()
for package in "${want[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
done
# A PostgreSQL put there by hand counts too.
if [ -x /usr/lib/postgresql/15/bin/initdb ]; then missing=("${missing[@]/postgresql-15/}"); fi
missing=($(printf '%s\n' "${missing[@]:-}" | grep . || true))
[ ${#missing[@]} -eq 0 ] && exit 0

line="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "==> 安装系统组件 / installing system packages: ${missing[*]}"
  log=$(mktemp)
  if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive $line -qq >>"$log" 2>&1; then exit 0; fi
  tail -5 "$log"
fi
# What each missing part would cost, in one line.
zh=() en=()
lacks() { printf '%s\n' "${missing[@]}" | grep -qE "$1"; }
if lacks '^fonts-'; then zh+=("没有中文字体，打印的明白卡会缺字"); en+=("no Chinese fonts: printed cards lack characters"); fi
if lacks '^lib'; then zh+=("没有 pango，不能生成 PDF"); en+=("no pango: no PDF"); fi
if lacks '^chromium'; then zh+=("没有 chromium，浏览器测试会失败"); en+=("no chromium: the browser tests fail"); fi
if lacks '^postgresql'; then zh+=("没有 PostgreSQL，第二遍测试会失败"); en+=("no PostgreSQL: the second run of the tests fails"); fi
if lacks '^gettext'; then zh+=("没有 gettext，译文检查会失败"); en+=("no gettext: the check of translations fails"); fi
said_zh=$(printf '；%s' "${zh[@]}") said_en=$(printf '; %s' "${en[@]}")
echo "==> 缺少系统组件：${missing[*]}（${said_zh#；}；其余照常）"
echo "    Missing system packages (${said_en#; }; the rest works)."
echo "    sudo $line"
[ "${CI:-}" = true ] && [ "${1:-run}" = test ] && exit 1
exit 0
