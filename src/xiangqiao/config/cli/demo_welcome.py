"""What the demo prints before it serves: the address, the sign-ins, and today's code."""

from __future__ import annotations

import pyotp

from xiangqiao.accounts.models import RoleChoices
from xiangqiao.accounts.rules import NEEDS_TOTP
from xiangqiao.config.demo_steps import CODE
from xiangqiao.config.demo_users import PASSWORD, TOTP_SECRET, demo_posts
from xiangqiao.config.words import say


def welcome(port: int, *, lan: bool = False) -> str:
    """Return the address and the demo's sign-ins, with the code that a second factor would show now."""
    rows = [
        f"    {username:<14}{RoleChoices(role).label}{say('（要动态码）', ' (with code)') if role in NEEDS_TOTP else ''}"
        for username, _name, role, _division in demo_posts(CODE)
    ]
    address = f"http{'s' if lan else ''}://localhost:{port}/"
    code = pyotp.TOTP(TOTP_SECRET).now()
    return "\n".join(
        [
            "",
            say(
                f"  打开  {address}     （Ctrl-C 停止）",
                f"  open  {address}     (Ctrl-C to stop)",
            ),
            say(
                f"  密码  {PASSWORD}    动态码此刻是 {code}，密钥 {TOTP_SECRET}",
                f"  password  {PASSWORD}    code now {code}, secret {TOTP_SECRET}",
            ),
            *rows,
            say("  人物、村庄、数据全部虚构。", "  People, villages and data are invented."),
            "",
        ]
    )
