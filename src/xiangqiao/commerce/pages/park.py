"""The incubator park: its tenants on a day, the jobs their leaders made, the goods they lay in the pool."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.office import ClosedForm, JobForm, PoolForm
from xiangqiao.commerce.pages.desk import wanted_day
from xiangqiao.commerce.pages.parts import Block, FormPart, act_of, attempt, day, kg, or_404, show, yuan_of
from xiangqiao.commerce.queries import offices
from xiangqiao.commerce.queries.counter import household_who_came
from xiangqiao.commerce.queries.figures import jobs_led, tenants_on
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row
from xiangqiao.places.queries import names

FORMS: dict[str, Any] = {"job": JobForm, "pool": PoolForm, "leave": ClosedForm}


@page(Can.READ_COMMERCE)
@require_GET
def park(request: DeskRequest) -> HttpResponse:
    """List the tenants on a day."""
    on = wanted_day(request)
    rows = tenants_on(request.viewer, on)
    part = page_of(rows, "code", after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    drawn = [
        Row(
            [
                Cell(one.firm, sub=one.code), one.sector or None, one.space,
                Cell(one.leader or None, tags=[Tag(_("返乡大学生"), "blue")] if one.is_returnee else ()),
                Cell(day(one.came_on), sub=_("%(day)s 离开") % {"day": day(one.left_on)} if one.left_on else ""),
            ],
            href=reverse("commerce:tenant", args=[one.public_id]), label=one.firm,
        )
        for one in part.rows
    ]  # fmt: skip
    jobs = jobs_led(request.viewer, on)
    figures = [
        Figure(_("入驻商户"), rows.count(), _("家商户")),
        Figure(_("返乡大学生创办"), rows.filter(is_returnee=True).count(), _("家商户"), note=_("名单里写明“是”的")),
        Figure(_("给农户的岗位"), jobs.count(), _("份工作"), note=_("%(n)s 户") % {"n": jobs.values("household").distinct().count()}),
    ]  # fmt: skip
    heads = [Column("firm", _("商户")), Column("sector", _("行业")), Column("space", _("房号")), Column("leader", _("负责人")), Column("came", _("入驻"))]  # fmt: skip
    table = DataTable(
        id="tenants", columns=heads, rows=drawn, caption=_("入驻商户"), query=request.GET, total=rows.count(), noun=_("家商户"),
        pager=Pager(part.next_key, part.previous_key), empty=Empty(_("这一天没有商户"), _("由电商办导入入驻名单。")),
    )  # fmt: skip
    return show(
        request, _("孵化园"), [Block(_("入驻商户"), table=table), _jobs(list(jobs[:60]))], figures=figures,
        lede=_("%(day)s 在园的商户。") % {"day": day(on)},
        crumbs=[Link(_("农村电商"), reverse("commerce:desk")), Link(_("孵化园"), "")],
    )  # fmt: skip


def _jobs(rows: list[Any]) -> Block | None:
    if not rows:
        return None
    called = names({row.division_code for row in rows})
    drawn = [Row([row.tenant.firm, row.title, called[row.division_code], yuan_of(row.wage_fen), day(row.from_on)]) for row in rows]  # fmt: skip
    heads = [Column("firm", _("商户")), Column("title", _("工作岗位")), Column("place", _("农户的村")), Column("wage", _("月工资"), numeric=True), Column("from", _("上岗"))]  # fmt: skip
    return Block(
        _("带头人给的岗位"),
        table=DataTable(id="jobs", columns=heads, rows=drawn, caption=_("带头人给的岗位")),
    )


@page(Can.READ_COMMERCE)
@require_GET
def tenant(request: DeskRequest, tenant_id: UUID) -> HttpResponse:
    """Show one tenant."""
    return _page(request, tenant_id, {})


@page(Can.MANAGE_COMMERCE)
@require_POST
def tenant_step(request: DeskRequest, tenant_id: UUID, step: str) -> HttpResponse:
    """Note a job, goods for the pool, or that the tenant left."""
    or_404(lambda: offices.tenant_named(request.viewer, tenant_id))
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST)
    done = attempt(request, form, lambda: _do(request, tenant_id, step, form))
    return _page(request, tenant_id, {step: form}) if done is None and form.errors else redirect("commerce:tenant", tenant_id)  # fmt: skip


def _do(request: DeskRequest, tenant_id: UUID, step: str, form: Any) -> Any:
    given, act = form.cleaned_data, act_of(request)
    if step == "leave":
        return actions.leave_park(act=act, tenant=tenant_id, on=given["on"])
    if step == "pool":
        goods = actions.Goods(given["product"].strip(), given["grade"].strip(), given["kg"], given["price"])
        return actions.lay_in_pool(act=act, tenant=tenant_id, goods=goods)
    home = household_who_came(request.viewer, given["number"], given["name"])
    if home is None:
        form.add_error(None, _("户编号和户主姓名对不上。"))
        return None
    return actions.note_job(
        act=act, tenant=tenant_id, home=home, title=given["title"], wage_fen=given["wage"], from_on=given["from_on"]
    )  # fmt: skip


def _page(request: DeskRequest, tenant_id: UUID, sent: dict[str, Any]) -> HttpResponse:
    row = or_404(lambda: offices.tenant_named(request.viewer, tenant_id))
    known = {True: _("是"), False: _("否"), None: None}
    pairs = [
        (_("编号"), row.code), (_("行业"), row.sector or None), (_("房号"), row.space), (_("面积（㎡）"), row.area_m2),
        (_("免租"), known[row.rent_free]), (_("负责人"), row.leader or None), (_("返乡大学生"), known[row.is_returnee]),
        (_("入驻"), day(row.came_on)), (_("离开"), day(row.left_on) or _("在园")),
    ]  # fmt: skip
    jobs = list(jobs_led(request.viewer, request.viewer.today).filter(tenant=row))
    goods = [
        Row(
            [
                Cell(f"{lot.product} {lot.grade}", sub=lot.code),
                kg(lot.available_grams),
                yuan_of(lot.cost_fen_per_kg),
            ]
        )
        for lot in row.lots.order_by("-id")
    ]
    heads = [Column("goods", _("货")), Column("left", _("还有"), numeric=True), Column("cost", _("供货价（每公斤）"), numeric=True)]  # fmt: skip
    blocks = [Block(_("基本情况"), pairs=pairs), _jobs(jobs)]
    if goods:
        table = DataTable(id="pool", columns=heads, rows=goods, caption=_("放在货池的货"))
        blocks.append(Block(_("放在货池的货"), table=table))
    if request.viewer.can(Can.MANAGE_COMMERCE):
        words = {"job": _("登记岗位"), "pool": _("放货进货池"), "leave": _("登记离园")}
        blocks += [
            Block(word, forms=[FormPart(sent.get(step) or FORMS[step](), reverse("commerce:tenant_step", args=[row.public_id, step]), word, kind="danger" if step == "leave" else "primary")])
            for step, word in words.items()
        ]  # fmt: skip
    return show(
        request, row.firm, blocks,
        crumbs=[Link(_("农村电商"), reverse("commerce:desk")), Link(_("孵化园"), reverse("commerce:park")), Link(row.firm, "")],
    )  # fmt: skip
