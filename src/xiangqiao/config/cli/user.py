"""`xiangqiao user`: people who sign in, for the case that no security administrator can."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

if TYPE_CHECKING:
    from xiangqiao.accounts.models import User

SUMMARY = ("用户：新建、列出、重置", "people who sign in: create, list, reset")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `user`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=say("做什么", "verb"))
    verbs.add_parser("list", help=say("列出用户和岗位", "list people and posts"))
    create = verbs.add_parser("create", help=say("新建用户", "create a person"))
    create.add_argument("username", help=say("登录名", "sign-in name"))
    create.add_argument("--name", required=True, help=say("姓名", "name"))
    create.add_argument(
        "--role", default="", help=say("岗位，例如 COUNTY_OFFICE", "post, e.g. COUNTY_OFFICE")
    )
    create.add_argument(
        "--division", default="", help=say("岗位所在区划（默认本县）", "division of the post")
    )
    reset = verbs.add_parser("reset", help=say("给一个新的一次性密码", "give a fresh one-time password"))
    reset.add_argument("username", help=say("登录名", "sign-in name"))
    reset.add_argument(
        "--second-factor",
        action="store_true",
        help=say("动态码也重设（手机丢了）", "the code too (phone lost)"),
    )
    for one in verbs.choices.values():
        one.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help=say("结果输出为 JSON", "print JSON"),
        )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Do what the verb says; one-time passwords are shown once."""
    told = {"list": _list, "create": _create, "reset": _reset}[args.verb](args)
    if not args.json:
        _show(told)
    return told


def _list(_args: argparse.Namespace) -> dict[str, Any]:
    from xiangqiao.accounts.models import User
    from xiangqiao.kernel import clock

    today = clock.today()
    return {
        "users": [
            {
                "username": user.username,
                "name": user.name,
                "active": user.is_active,
                "posts": [
                    {"role": post.role, "division": post.division_code}
                    for post in user.posts.all()
                    if post.valid_from <= today and (post.valid_to is None or post.valid_to > today)
                ],
            }
            for user in User.objects.order_by("username").prefetch_related("posts")
        ]
    }


def _create(args: argparse.Namespace) -> dict[str, Any]:
    from django.db import transaction

    from xiangqiao.accounts.actions.posts import give_post
    from xiangqiao.accounts.actions.users import create_user
    from xiangqiao.config.cli.acting import act, division
    from xiangqiao.kernel.clock import day_of

    role, acting = _role(args.role), act()
    where = division(args.division)
    with transaction.atomic():
        made = create_user(act=acting, username=args.username, name=args.name)
        if role:
            give_post(
                act=acting, user=made.user, role=role, division_code=where, valid_from=day_of(acting.at)
            )
    return {"username": made.user.username, "password": made.password}


def _reset(args: argparse.Namespace) -> dict[str, Any]:
    from xiangqiao.accounts.actions.users import reset_password, reset_second_factor
    from xiangqiao.config.cli.acting import act

    user = _user(args.username)
    if args.second_factor:
        reset_second_factor(act=act(), user=user)
    made = reset_password(act=act(), user=user)
    return {"username": user.username, "password": made.password}


def _user(username: str) -> User:
    from xiangqiao.accounts.models import User

    found = User.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise Refused(
            say(
                f"没有登录名为 {username} 的用户：用 xiangqiao user list 看看有哪些。",
                f"Nobody signs in as {username}: see xiangqiao user list.",
            )
        )
    return found


def _role(text: str) -> Any:
    from xiangqiao.accounts.rules import Role

    if not text:
        return None
    try:
        return Role(text.upper())
    except ValueError as error:
        known = "、".join(Role)
        raise Refused(
            say(f"没有岗位 {text}。可用：{known}", f"There is no post {text}. Known: {known}")
        ) from error


def _show(told: dict[str, Any]) -> None:
    lines = [
        f"{user['username']:<18}{user['name']}  {'' if user['active'] else say('（停用）', '(closed)')}"
        + " ".join(f"{post['role']}@{post['division']}" for post in user["posts"])
        for user in told.get("users", [])
    ]
    if "password" in told:
        lines.append(
            say(
                f"{told['username']} 的一次性密码（只显示这一次，登录后须修改）：{told['password']}",
                f"one-time password of {told['username']} (shown once, to be changed at sign-in): {told['password']}",
            )
        )
    print("\n".join(lines))  # noqa: T201 - what the operator asked for
