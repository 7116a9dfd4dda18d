"""`xiangqiao audit`: seal the log, and prove that nothing in it was touched."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from xiangqiao.config.words import say

SUMMARY = ("审计：封存日志，验证没有被改动", "the log: seal it, and prove that nothing was touched")
_MOST = 50
_KINDS = {
    "event.changed": ("日志条目被改动", "an event was changed"),
    "event.removed": ("日志条目被删除", "an event was removed"),
    "event.inserted": ("日志条目是事后塞入的", "an event was inserted afterwards"),
    "event.reordered": ("日志条目的顺序被调换", "events were put in another order"),
    "seal.signature": ("封存的签名不对", "the signature of a seal does not fit"),
    "seal.chain": ("封存链断开", "the chain of seals is broken"),
    "seal.removed": ("封存被删除", "a seal was removed"),
    "file.altered": ("外存的封存文件被改动", "the file of seals was altered"),
    "row.changed": ("记录被绕过系统改动", "a record was changed past the system"),
    "row.unlogged": ("记录没有来历", "a record has no origin in the log"),
    "row.removed": ("记录被绕过系统删除", "a record was removed past the system"),
    "batch.changed": ("导入批次与入库时不符", "an import is not as it was applied"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `audit`."""
    parser.add_argument(
        "verb",
        choices=["verify", "seal"],
        help=say("verify 验证，seal 立即封存", "verify: prove everything; seal: seal what waits, now"),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Verify or seal; a finding makes the command fail."""
    from xiangqiao.kernel import clock  # after django.setup()
    from xiangqiao.kernel.audit import verify
    from xiangqiao.kernel.seal import seal_pending

    if args.verb == "seal":
        sealed = seal_pending(clock.now())
        if not args.json:
            print(say(f"已封存 {sealed} 条", f"{sealed} events sealed"))  # noqa: T201 - what was asked for
        return {"sealed": sealed}
    told = verify(_progress).as_json()
    if not args.json:
        _show(told)
    return {**told, "failed": not told["clean"]}


def _progress(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{step} {done}/{total}   ")


def _show(told: dict[str, Any]) -> None:
    lines = [
        say(
            f"查了 {told['seals']} 个封存、{told['events']} 条日志、{told['rows']} 条记录、{told['batches']} 批导入；未封存 {told['waiting']} 条。",
            f"Checked {told['seals']} seals, {told['events']} events, {told['rows']} records, {told['batches']} imports; {told['waiting']} events wait to be sealed.",
        )
    ]
    for one in told["findings"][:_MOST]:
        said = say(*_KINDS.get(one["kind"], (one["kind"], one["kind"])))
        lines.append(f"  ✗ {said}：{one['subject']} {one['detail']}")
    if len(told["findings"]) > _MOST:
        lines.append(f"  … +{len(told['findings']) - _MOST}")
    lines.append(
        say("没有发现任何改动。", "Nothing was touched.")
        if told["clean"]
        else say(
            f"发现 {len(told['findings'])} 处不符：请保留现状，通知审计管理员，见 docs/operator.md。",
            f"{len(told['findings'])} things do not hold: leave everything as it is and tell the audit administrator (docs/operator.en.md).",
        )
    )
    print("\n".join(lines))  # noqa: T201 - what the operator asked for
