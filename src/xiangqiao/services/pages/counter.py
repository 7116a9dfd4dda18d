"""The counter: errands, receipts, the cash drawer. Made for a phone in one hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.services import actions, queries
from xiangqiao.services.desk_forms import CountForm, ErrandForm, OpeningForm, ReasonForm, ReferenceForm
from xiangqiao.services.homes import find_home
from xiangqiao.services.pages.desk import desk_tabs
from xiangqiao.services.pages.parts import Panel, act_of, day, place_name, state_tag, tried


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def counter(request: DeskRequest) -> HttpResponse:
    """Take an errand; show today's errands and the drawer."""
    form = ErrandForm(request.POST or None, initial={"errand": "ELECTRICITY"})
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(_take(request, form.cleaned_data))):
        return redirect("services:errand", made[0].public_id)
    today = request.viewer.today
    drawer, balance = queries.drawer_of(request.viewer.user.public_id, today)
    closed = drawer is not None and drawer.counted_fen is not None
    context = {
        "tabs": desk_tabs(request, "counter"),
        "form": form,
        "orders": [
            {
                "href": reverse("services:errand", args=[row.public_id]),
                "what": f"{row.get_errand_display()} · {row.customer}",
                "sub": row.receipt_no,
                "amount": numbers.yuan(row.amount_fen + row.fee_fen),
                "tag": state_tag(row),
            }
            for row in queries.orders(request.viewer, on=today).filter(keeper=request.viewer.user.public_id)
        ],
        "drawer": [
            (_("开箱零钱"), numbers.yuan(balance.opening_fen)),
            (_("今天收进"), numbers.yuan(balance.taken_fen)),
            (_("今天退回"), numbers.yuan(balance.refunded_fen)),
            (_("现在应有"), numbers.yuan(balance.expected_fen)),
            *([(_("盘点"), numbers.yuan(drawer.counted_fen)), (_("差额"), numbers.yuan(drawer.difference_fen or 0))]
              if drawer is not None and drawer.counted_fen is not None else []),
        ],
        "closed": closed,
        "panels": [] if closed else _drawer_panels(drawer),
        "days": [(day(one.on), one.counted_fen, one.difference_fen) for one in queries.recent_drawers(request.viewer.user.public_id)],
        "key": new_id(),
    }  # fmt: skip
    return render(request, "services/counter.html", context, status=422 if form.is_bound else 200)


def _drawer_panels(drawer: Any) -> list[Panel]:
    url = reverse("services:drawer")
    if drawer is None:
        return [Panel(_("开箱"), url, _("开箱"), OpeningForm(prefix="open"), "open", kind="")]
    return [Panel(_("盘点关账"), url, _("关账"), CountForm(prefix="close"), "close", kind="")]


def _take(request: DeskRequest, given: dict[str, Any]) -> Any:
    household = None
    if given["household_no"]:
        household, _division = find_home(request.viewer, given["household_no"], given["head_name"])
    return actions.take_order(
        act=act_of(request), division_code=request.viewer.divisions(Can.KEEP_STATION)[0], errand=given["errand"],
        payee=given["payee"], customer=given["customer"], account=given["account"], household=household,
        amount_fen=int(given["amount"] * 100), fee_fen=int((given["fee"] or 0) * 100), cash_fen=int(given["cash"] * 100),
    )  # fmt: skip


@page(Can.KEEP_STATION)
@require_POST
def drawer(request: DeskRequest) -> HttpResponse:
    """Open or close the cash drawer of the day."""
    where = request.viewer.divisions(Can.KEEP_STATION)[0]
    form: Any
    if request.POST.get("step") == "close":
        form = CountForm(request.POST, prefix="close")
        done = tried(
            form,
            lambda: actions.close_drawer(
                act=act_of(request), division_code=where, counted_fen=int(form.cleaned_data["counted"] * 100),
                note=form.cleaned_data["note"],
            ),
        )  # fmt: skip
    else:
        form = OpeningForm(request.POST, prefix="open")
        done = tried(
            form,
            lambda: actions.open_drawer(
                act=act_of(request), division_code=where, opening_fen=int(form.cleaned_data["opening"] * 100)
            ),
        )
    if done:
        messages.success(request, _("已记下。"))
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return redirect("services:counter")


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def errand(request: DeskRequest, order_id: UUID) -> HttpResponse:
    """Show one errand with its receipt, and finish it: done, failed with the money back, handed over."""
    row = _order(request, order_id)
    step = request.POST.get("step", "")
    done = ReferenceForm(request.POST if step == "execute" else None, prefix="done")
    failed = ReasonForm(request.POST if step == "fail" else None, prefix="fail")
    if request.method == "POST":
        act = act_of(request)
        if step == "hand_over":
            actions.hand_over(act=act, order=row)
            return redirect("services:errand", order_id)
        if (
            step == "execute"
            and tried(
                done, lambda: actions.execute(act=act, order=row, reference=done.cleaned_data["reference"])
            )
        ) or (
            step == "fail"
            and tried(failed, lambda: actions.fail(act=act, order=row, reason=failed.cleaned_data["reason"]))
        ):
            messages.success(request, _("已记下。请把收据给顾客看，或打印。"))
            return redirect("services:errand", order_id)
    panels = []
    if row.state == "TAKEN":
        panels = [
            Panel(_("办成了"), request.path, _("办成"), done, "execute"),
            Panel(
                _("没办成"),
                request.path,
                _("退款"),
                failed,
                "fail",
                kind="",
                text=_("钱全部退给顾客，收据写明原因。"),
            ),
        ]
    elif row.state == "DONE" and row.errand in ("TICKET", "GOODS"):
        panels = [Panel(_("交给本人"), request.path, _("已交给本人"), None, "hand_over")]
    context = {
        "tabs": desk_tabs(request, "counter"), "row": row, "heading": f"{row.get_errand_display()} {row.receipt_no}",
        "tag": state_tag(row), "facts": receipt_facts(row), "panels": panels, "key": new_id(),
        "action": Link(_("打印收据"), reverse("services:receipt", args=[row.public_id]), icon="printer"),
        "crumbs": [Link(_("站点代办"), reverse("services:counter")), Link(row.receipt_no, "")],
    }  # fmt: skip
    return render(request, "services/desk_one.html", context, status=422 if request.method == "POST" else 200)


@page(Can.KEEP_STATION)
@require_GET
def receipt(request: DeskRequest, order_id: UUID) -> HttpResponse:
    """Show the receipt for printing, also of an errand that failed."""
    row = _order(request, order_id)
    context = {
        "row": row, "facts": receipt_facts(row), "state": row.get_state_display(), "issuer": place_name(row.division_code),
        "issued_on": row.on,
    }  # fmt: skip
    return render(request, "services/receipt.html", context)


def receipt_facts(row: Any) -> list[tuple[str, Any]]:
    """Return what a receipt says."""
    return [
        (_("收据号"), row.receipt_no),
        (_("日期"), day(row.on)),
        (_("办什么"), row.get_errand_display()),
        (_("交给"), row.payee),
        (_("户号"), row.account_mask or None),
        (_("顾客"), row.customer),
        (_("金额（元）"), numbers.yuan(row.amount_fen)),
        (_("服务费（元）"), numbers.yuan(row.fee_fen)),
        (_("收到现金（元）"), numbers.yuan(row.cash_fen)),
        (_("找零（元）"), numbers.yuan(row.change_fen)),
        *([(_("对方流水号"), row.reference)] if row.reference else []),
        *([(_("没办成的原因"), row.failure), (_("退还（元）"), numbers.yuan(row.amount_fen + row.fee_fen))] if row.failure else []),
        (_("经办"), row.keeper_label),
    ]  # fmt: skip


def _order(request: DeskRequest, order_id: UUID) -> Any:
    try:
        return queries.order_of_code(request.viewer, order_id)
    except ObjectDoesNotExist:
        raise Http404 from None
