"""People and posts, for the security administrator. Nothing of the register is seen here."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts import queries
from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions import posts as post_actions
from xiangqiao.accounts.actions import users as user_actions
from xiangqiao.accounts.forms import PeopleFilter, PersonForm, PostForm
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.accounts.words import all_posts, in_words
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row

PAGE_SIZE = 50
NAME_SIGNS = 60


@page(Can.MANAGE_USERS)
@require_GET
def users(request: DeskRequest) -> HttpResponse:
    """List everybody who signs in, narrowed by name, post and place."""
    chosen, start = PeopleFilter(request.GET), _start(request)
    chosen.is_valid()
    asked = chosen.cleaned_data
    found = queries.in_post(
        queries.people(request.viewer, text=asked.get("q", "").strip()),
        request.viewer.today,
        role=asked.get("role", ""),
        division_code=asked.get("place", ""),
    )
    rows = list(found[start : start + PAGE_SIZE + 1])
    table = DataTable(
        id="users",
        caption=_("用户"),
        columns=(
            Column("name", _("姓名")),
            Column("username", _("登录名")),
            Column("posts", _("现任岗位")),
            Column("seen", _("上次登录")),
            Column("state", _("状态")),
        ),
        rows=[_row(request, user) for user in rows[:PAGE_SIZE]],
        query=request.GET,
        total=found.count(),
        noun=_("人"),
        pager=Pager(
            next_key=str(start + PAGE_SIZE) if len(rows) > PAGE_SIZE else "",
            previous_key=str(max(0, start - PAGE_SIZE)) if start else "",
        ),
        empty=Empty(
            _("没有找到人"),
            _("换个条件再找，或者新建用户。"),
            action=Link(_("新建用户"), reverse("new_user"), icon="plus"),
        ),
    )
    reset = reverse("users") if any(asked.values()) else ""
    return render(request, "accounts/users.html", {"table": table, "filter": chosen, "reset": reset})


def _start(request: DeskRequest) -> int:
    given = request.GET.get("after") or request.GET.get("before") or "0"
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def _row(request: DeskRequest, user: Any) -> Row:
    held = in_words(queries.posts_in_force(user, request.viewer.today))
    posts = Cell(
        "、".join(post.title for post in held), "、".join(dict.fromkeys(post.place for post in held))
    )
    seen = date_format(localtime(user.last_login), "Y-m-d H:i") if user.last_login else _("还没登录过")
    return Row(
        cells=(user.name, user.username, posts if held else _("没有岗位"), seen, _states(user)),
        href=reverse("user", args=[user.public_id]),
        key=str(user.public_id),
        label=user.name,
    )


def _states(user: Any) -> list[Tag]:
    """Return how an account stands: closed, waiting for its first password, or in use."""
    if not user.is_active:
        return [Tag(_("已停用"), "grey")]
    if user.must_change_password:
        return [Tag(_("待改一次性密码"), "gold")]
    return [Tag(_("在用"), "green")]


@page(Can.MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def new_user(request: DeskRequest) -> HttpResponse:
    """Make a person; the one-time password is shown once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = user_actions.create_user(act=_act(request), **form.cleaned_data)
        except ActionError as error:
            if error.field is None:
                raise
            form.add_error(error.field, error.message)
        else:
            return _show_once(request, made)
    context = {"form": form, "key": uuid4(), "crumbs": _crumbs(_("新建用户"))}
    return render(request, "accounts/user_new.html", context, status=422 if form.errors else 200)


@page(Can.MANAGE_USERS)
@never_cache
@require_GET
def user(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Show a person with posts, and what can be done."""
    return _person_page(
        request, _person(request, user_id), PostForm(initial={"valid_from": request.viewer.today})
    )


@page(Can.MANAGE_USERS)
@require_POST
def give_post(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Give a person a post."""
    found, form = _person(request, user_id), PostForm(request.POST)
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            post_actions.give_post(act=_act(request), user=found, role=Role(data.pop("role")), **data)
        except ActionError as error:
            if error.field is None:
                raise
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("岗位已加上。"))
            return redirect("user", user_id)
    return _person_page(request, found, form)


@page(Can.MANAGE_USERS)
@require_POST
def end_post(request: DeskRequest, user_id: UUID, post_id: UUID) -> HttpResponse:
    """End a post as of today: what it carried is gone with the next request."""
    found = _person(request, user_id)
    post = next((row for row in found.posts.all() if row.public_id == post_id), None)
    if post is None:
        raise Http404
    day = max(request.viewer.today, post.valid_from)
    post_actions.end_post(act=_act(request), post=post_id, on=day)
    messages.success(request, _("岗位已结束，即刻生效。"))
    return redirect("user", user_id)


@page(Can.MANAGE_USERS)
@never_cache
@require_POST
def reset_password(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Give a fresh one-time password, shown once."""
    made = user_actions.reset_password(act=_act(request), user=_person(request, user_id))
    return _show_once(request, made)


@page(Can.MANAGE_USERS)
@require_POST
def rename(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Set the name that pages and the log show."""
    found, name = _person(request, user_id), request.POST.get("name", "").strip()
    if not 0 < len(name) <= NAME_SIGNS:
        raise ActionError("user.name", _("请填姓名，1 到 60 个字。"), field="name")
    user_actions.rename_user(act=_act(request), user=found, name=name)
    messages.success(request, _("姓名已改。以前的记录仍写着当时的姓名。"))
    return redirect("user", user_id)


@page(Can.MANAGE_USERS)
@require_POST
def reset_second_factor(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Forget a person's second factor."""
    user_actions.reset_second_factor(act=_act(request), user=_person(request, user_id))
    messages.success(request, _("第二道验证已清除，下次登录重新开通。"))
    return redirect("user", user_id)


@page(Can.MANAGE_USERS)
@require_POST
def deactivate(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Close a person's account at once."""
    user_actions.deactivate_user(act=_act(request), user=_person(request, user_id))
    messages.success(request, _("账号已停用，正在用的登录已全部结束。"))
    return redirect("user", user_id)


@page(Can.MANAGE_USERS)
@require_POST
def reactivate(request: DeskRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    user_actions.reactivate_user(act=_act(request), user=_person(request, user_id))
    messages.success(request, _("账号已启用。"))
    return redirect("user", user_id)


def _person(request: DeskRequest, user_id: UUID) -> Any:
    found = queries.person(request.viewer, user_id)
    if found is None:
        raise Http404
    return found


def _person_page(request: DeskRequest, found: Any, form: PostForm) -> HttpResponse:
    held = queries.posts_in_force(found, request.viewer.today)
    others = [post for post in found.posts.all() if post not in held]
    context = {
        "owner": found,
        "states": _states(found),
        "held": in_words(held),
        "others": in_words(sorted(others, key=lambda post: post.valid_from, reverse=True)),
        "today": request.viewer.today,
        "form": form,
        "all_posts": all_posts(),
        "key": uuid4(),
        "is_oneself": found.public_id == request.viewer.public_id,
        "sessions": queries.open_sessions(found, request.now).count(),
        "crumbs": _crumbs(found.name),
    }
    return render(request, "accounts/user.html", context, status=422 if form.errors else 200)


def _crumbs(here: str) -> list[Link]:
    return [Link(_("用户与岗位"), reverse("users")), Link(here, "")]


def _show_once(request: DeskRequest, made: user_actions.NewUser) -> HttpResponse:
    context = {"owner": made.user, "password": made.password, "crumbs": _crumbs(made.user.name)}
    return render(request, "accounts/user_password.html", context)


def _act(request: DeskRequest) -> Act:
    """Return the act of this request; the form's key makes pressing twice the same as once."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    return Act(by=request.viewer, at=request.now, key=key, reason=request.POST.get("reason", ""))
