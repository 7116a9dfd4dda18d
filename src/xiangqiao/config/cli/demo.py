"""`xiangqiao demo`: an invented county, from its spreadsheets to precise help."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xiangqiao.config.cli.progress import Steps
from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

SUMMARY = ("示例县：从表格到精准帮扶，一条命令", "the demo county: from spreadsheets to precise help")
YEAR = 2025
CODE, NAME, NAME_EN = "360730000000", "宁都县", "Ningdu County"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `demo`."""
    parser.add_argument(
        "--size",
        choices=["small", "county"],
        default="county",
        help=say("规模：3 个乡镇，或全县约三万户", "3 townships, or the whole county"),
    )
    parser.add_argument("--fresh", action="store_true", help=say("清空重来", "begin again"))
    parser.add_argument(
        "--no-serve", action="store_true", help=say("只运行，不启动网站", "run, do not serve")
    )
    parser.add_argument(
        "--lan", action="store_true", help=say("让同一网络里的手机访问", "serve phones in the same network")
    )
    parser.add_argument("--port", type=int, default=8000, help=say("端口", "port"))


def run(args: argparse.Namespace) -> dict[str, Any] | None:
    """Run the main job once, keep what came of it, then serve."""
    from django.conf import settings  # after django.setup()

    home = Path(settings.HOME)
    kept = home / "demo.json"
    if args.fresh or not kept.exists():
        _clear(home)
        summary = _main_job(home, args.size)
        kept.write_text(json.dumps(summary, ensure_ascii=False))
    else:
        summary = json.loads(kept.read_text())
    if not args.json:
        _show(summary)
    if not args.no_serve:
        from xiangqiao.config.cli.demo_welcome import welcome  # needs the database
        from xiangqiao.config.cli.serve import demand_both_free, prepare, serve

        demand_both_free(None, args.port, lan=args.lan)
        prepare()
        sys.stderr.write(welcome(args.port, lan=args.lan))
        serve(home, host=None, port=args.port, workers=2, lan=args.lan)
    return summary


def _clear(home: Path) -> None:
    """Empty the home of an earlier demo. Refuses where a county that is not a demo lives."""
    from django.db import connection

    from xiangqiao.config.county import present_county
    from xiangqiao.kernel import keyring

    here = present_county()
    if here is not None and not here.is_demo:
        raise Refused(
            say(
                f"{home} 里是一个真实的县，示例不会动它：请另设 XIANGQIAO_HOME。",
                f"{home} holds a real county: set another XIANGQIAO_HOME.",
            )
        )
    connection.close()
    for path in home.glob("*"):
        if path.name in {"static", "keys"}:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (home / "keys" / "master.key").unlink(missing_ok=True)
    (home / "keys" / "seal.key").unlink(missing_ok=True)
    (home / "keys" / "clinic.key").unlink(missing_ok=True)
    keyring.forget()


def _main_job(home: Path, size: str) -> dict[str, Any]:
    from xiangqiao.config import demo_steps  # after django.setup()
    from xiangqiao.config.county import create_tables
    from xiangqiao.kernel import clock

    now: datetime = clock.now()
    folder = home / "demo"
    with Steps() as steps:
        with steps.step("generate", say("生成示例表格", "writing workbooks")) as tick:
            manifest = demo_steps.generate_workbooks(folder, size, tick)
        with steps.step("county", say("建立县、区划、账号", "county, divisions, sign-ins")):
            create_tables()
            demo_steps.set_up_county(folder, now=now)
        with steps.step("check", say("核对每个单元格", "checking every cell")) as tick:
            batch = demo_steps.check(folder, now=now, tick=tick)
        with steps.step("apply", say("写入台账", "into the register")) as tick:
            demo_steps.apply(batch, now=now, tick=tick)
        with steps.step("screen", say("政策筛查", "screening policies")) as tick:
            screening = demo_steps.screen_everybody(date(YEAR, 12, 31), now=now, tick=tick)
        with steps.step("pair", say("结对方案", "pairing")) as tick:
            pairing = demo_steps.pair_everybody(now=now, tick=tick)
        with steps.step("season", say("各项工程的一季", "a season of the programmes")) as tick:
            demo_steps.play(folder, now=now, tick=tick)
        with steps.step("seal", say("封存日志", "sealing the log")):
            demo_steps.seal(now=now)
    return {
        "register": demo_steps.register_counts(),
        "problems": demo_steps.compare_problems(batch, manifest),
        "screening": screening,
        "pairing": pairing,
        "seconds": steps.seconds,
        "home": str(home),
    }


def _show(summary: dict[str, Any]) -> None:
    register, problems, screening, pairing = (
        summary[name] for name in ("register", "problems", "screening", "pairing")
    )
    total = sum(summary["seconds"].values())
    lines = [
        say(
            f"  台账    {register['households']:>8,} 户  {register['persons']:,} 人",
            f"  register  {register['households']:>8,} households  {register['persons']:,} persons",
        ),
        say(
            f"  问题    {problems['found']:>8,} 处（埋入 {problems['planted']:,}，查准 {problems['precision']:.3f}，查全 {problems['recall']:.3f}）",
            f"  problems  {problems['found']:>8,} found ({problems['planted']:,} planted, precision {problems['precision']:.3f}, recall {problems['recall']:.3f})",
        ),
        say(
            f"  应享    {screening['eligible']:>8,} 项（{screening['policies']} 项政策；{screening['unknown']:,} 项因缺信息待定）",
            f"  entitled  {screening['eligible']:>8,} ({screening['policies']} policies; {screening['unknown']:,} wait for a fact)",
        ),
        say(
            f"  结对    {pairing['paired']:>8,} 户，{pairing['unpaired']:,} 户没有可派的干部"
            + ("（已证明最优）" if pairing["optimal"] else ""),
            f"  paired    {pairing['paired']:>8,} households, {pairing['unpaired']:,} without a cadre"
            + (" (proved optimal)" if pairing["optimal"] else ""),
        ),
        say(f"  用时    {total:>8.1f} 秒", f"  took      {total:>8.1f} s"),
    ]
    sys.stderr.write("\n".join(["", *lines, ""]) + "\n")
