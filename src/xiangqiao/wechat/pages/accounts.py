"""Official accounts of every level: which there are, what they carried, and the address that each calls."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import children, names, place
from xiangqiao.wechat import actions, queries
from xiangqiao.wechat.forms import AccountForm


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def accounts(request: DeskRequest) -> HttpResponse:
    """List the accounts, and add or change one."""
    form = AccountForm(request.POST or None, places=_places(request))
    if request.method == "POST" and form.is_valid():
        try:
            _put(request, form.cleaned_data)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("已保存。把下面的地址填到公众号后台的“服务器配置”。"))
            return redirect("wechat:accounts")
    rows = list(queries.official_accounts(request.viewer))
    named = names(row.division_code for row in rows)
    table = DataTable(
        id="accounts", caption=_("公众号"),
        columns=(
            Column("name", _("公众号")), Column("place", _("哪一级的")), Column("asked", _("提问"), unit=pgettext("questions", "件"), numeric=True),
            Column("waiting", _("待发"), unit=pgettext("messages", "条"), numeric=True), Column("failed", _("没发出"), unit=pgettext("messages", "条"), numeric=True),
            Column("address", _("服务器地址")),
        ),
        rows=[_row(request, row, named) for row in rows],
        empty=Empty(_("还没有公众号"), _("在下面填一个。没有认证的公众号也能收问题。")),
    )  # fmt: skip
    return render(
        request,
        "wechat/accounts.html",
        {"table": table, "form": form, "key": new_id()},
        status=422 if form.is_bound else 200,
    )


def _row(request: DeskRequest, row: Any, named: dict[str, str]) -> Row:
    address = request.build_absolute_uri(reverse("wechat:endpoint", args=[row.public_id]))
    return Row(
        [
            Cell(row.name, sub=row.app_id),
            named[row.division_code],
            row.asked,
            row.waiting,
            row.failed,
            address,
        ],
        label=row.name,
    )


def _places(request: DeskRequest) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for code in request.viewer.divisions(Can.MANAGE_SERVICES):
        here = place(code)
        if here is not None:
            found += [(here.code, here.name), *((one.code, one.name) for one in children(code))]
    return found


def _put(request: DeskRequest, given: dict[str, Any]) -> None:
    actions.put_account(
        act=Act(by=request.viewer, at=request.now), name=given["name"], division_code=given["division"],
        app_id=given["app_id"], token=given["token"], aes_key=given["aes_key"], secret=given["secret"],
        encrypted=given["encrypted"], template_id=given["template_id"],
    )  # fmt: skip
