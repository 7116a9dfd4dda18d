"""What the county says of one cadre: the account, relatives, the day of leaving."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.pairing import actions, queries
from xiangqiao.pairing.forms import AccountForm, LeftForm, RelativeForm
from xiangqiao.pairing.pages.cadres import cadre_or_404, cadre_page
from xiangqiao.pairing.pages.parts import act_of


@page(Can.DECIDE_PAIRING)
@require_POST
def link(request: DeskRequest, cadre_id: UUID) -> HttpResponse:
    """Say by which account the cadre signs in; an empty name takes the account away."""
    found, form = cadre_or_404(request, cadre_id), AccountForm(request.POST)
    name = str(form.data.get("username", "")).strip()
    user = queries.account_of(name) if name else None
    if form.is_valid() and name and user is None:
        form.add_error("username", _("没有这个登录名，或账号已停用。请核对，或请系统管理员先建账号。"))
    if not form.is_valid():
        return cadre_page(request, found, account=form)
    actions.link_user(act=act_of(request), viewer=request.viewer, cadre=found, user=user)
    messages.success(
        request, _("已关联账号，这位干部登录后能看到自己帮扶的户。") if user else _("已取消关联。")
    )
    return redirect("pairing:cadre", cadre_id)


@page(Can.DECIDE_PAIRING)
@require_POST
def relative(request: DeskRequest, cadre_id: UUID) -> HttpResponse:
    """Note that the cadre is a relative of a household: the two are not paired."""
    found, form = cadre_or_404(request, cadre_id), RelativeForm(request.POST)
    home = queries.numbered_household(request.viewer, str(form.data.get("household_no", "")).strip())
    if form.is_valid() and home is None:
        form.add_error("household_no", _("没有这个户编号，或不在您负责的范围。请核对。"))
    if not form.is_valid() or home is None:
        return cadre_page(request, found, relative=form)
    actions.declare_relative(
        act=act_of(request),
        viewer=request.viewer,
        cadre=found,
        household=home[0],
        division_code=home[1],
        on=request.viewer.today,
    )
    messages.success(request, _("已记下亲属关系，这一户不会派给这位干部。"))
    return redirect("pairing:cadre", cadre_id)


@page(Can.DECIDE_PAIRING)
@require_POST
def leave(request: DeskRequest, cadre_id: UUID) -> HttpResponse:
    """Note that the cadre leaves: the pairs end on that day."""
    found, form = cadre_or_404(request, cadre_id), LeftForm(request.POST)
    if not form.is_valid():
        return cadre_page(request, found, left=form)
    count = actions.cadre_left(
        act=act_of(request), viewer=request.viewer, cadre=found, on=form.cleaned_data["left_on"]
    )
    text = ngettext("已登记调离，%(n)d 户需要另派干部。", "已登记调离，%(n)d 户需要另派干部。", count)
    messages.success(request, text % {"n": count})
    return redirect("pairing:cadre", cadre_id)
