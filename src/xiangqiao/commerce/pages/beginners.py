"""Beginners at the commerce office: how far each is, and what is noted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import NoFields
from xiangqiao.commerce.forms.office import (
    BeginForm,
    ClosedForm,
    DecisionForm,
    LessonForm,
    LoanForm,
    SpaceForm,
)
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    or_404,
    show,
    state_tag,
    yuan_of,
)
from xiangqiao.commerce.queries import beginners as known
from xiangqiao.commerce.queries.counter import household_who_came
from xiangqiao.commerce.queries.offices import user_named
from xiangqiao.commerce.rules.beginner import Step, done, next_step
from xiangqiao.commerce.words import STEPS
from xiangqiao.kernel.ui.cards import Empty, Line
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from datetime import date

    from xiangqiao.commerce.models import Beginner, Loan

FORMS: dict[str, Any] = {
    "lesson": LessonForm, "space": SpaceForm, "loan": LoanForm, "decision": DecisionForm, "paid_out": ClosedForm,
    "repaid": ClosedForm, "settle": NoFields,
}  # fmt: skip


@page(Can.MANAGE_COMMERCE)
@require_http_methods(["GET", "POST"])
def beginners(request: DeskRequest) -> HttpResponse:
    """Take a beginner in; below, how far the others are."""
    form = BeginForm(request.POST or None)
    if request.method == "POST":
        made = attempt(request, form, lambda: _begin(request, form))
        if made is not None:
            return redirect("commerce:beginner", made.public_id)
    rows = []
    for row in known.beginners(request.viewer)[:100]:
        records = known.records_of(row)
        after = next_step(records)
        tag = Tag(str(STEPS[after]), "orange") if after else Tag(_("走完了"), "green")
        rows.append(
            Row(
                [Cell(row.shop_name, sub=row.name), f"{len(done(records))} / {len(Step)}", tag],
                href=reverse("commerce:beginner", args=[row.public_id]),
                label=row.shop_name,
            )
        )
    heads = [Column("shop", _("网店")), Column("done", _("走了几步")), Column("next", _("下一步"))]
    empty = Empty(_("还没有新手"), _("下面登记第一位。"))
    table = DataTable(id="beginners", columns=heads, rows=rows, caption=_("新手"), empty=empty)
    part = FormPart(form, request.path, _("登记新手"))
    return show(
        request, _("新手开店"), [Block(_("新手"), table=table), Block(_("登记新手"), forms=[part])],
        lede=_("不懂怎么开始、没有场地、没有本钱的农户：学、免费工位、贴息贷款、从货池上架、第一笔卖出。"), crumbs=_crumbs(),
    )  # fmt: skip


def _begin(request: DeskRequest, form: BeginForm) -> Beginner | None:
    given = form.cleaned_data
    home = household_who_came(request.viewer, given["number"], given["head"])
    if home is None:
        form.add_error(None, _("户编号和户主姓名对不上。"))
        return None
    user = user_named(given["username"].strip()) if given["username"].strip() else None
    if given["username"].strip() and user is None:
        form.add_error("username", _("没有这个登录名。"))
        return None
    return actions.begin(
        act=act_of(request), home=home, name=given["name"], shop_name=given["shop"], user=user.public_id if user else None
    )  # fmt: skip


def _crumbs(title: str = "") -> list[Link]:
    way = [Link(_("农村电商"), reverse("commerce:desk")), Link(_("新手开店"), reverse("commerce:beginners") if title else "")]  # fmt: skip
    return [*way, Link(title, "")] if title else way


def steps_block(row: Beginner) -> Block:
    """Return the five steps of a beginner, read from the records."""
    records = known.records_of(row)
    reached, after = done(records), next_step(records)
    lines = []
    for step in Step:
        if step in reached:
            tag = Tag(_("这步走到了"), "green")
        elif step == after:
            tag = Tag(_("下一步"), "orange")
        else:
            tag = Tag(_("还没走到"), "grey")
        lines.append(Line(str(STEPS[step]), tag=tag, end=day(reached.get(step)) or ""))
    return Block(_("走到哪一步"), text=_("每一步都由记录得出，不是谁填的。"), lines=lines)


def loan_block(row: Beginner, today: date) -> Block | None:
    """Return the loans of a beginner, with the subsidy by rule."""
    rows = [
        Row([Cell(one.bank, sub=one.decision_no or one.why), Cell(yuan_of(one.amount_fen), sub=_("%(n)s 个月") % {"n": one.months}), state_tag(one), yuan_of(known.subsidy_to(one, today))])
        for one in known.loans_of(row)
    ]  # fmt: skip
    if not rows:
        return None
    heads = [Column("bank", _("银行")), Column("amount", _("金额"), numeric=True), Column("state", _("进度")), Column("subsidy", _("应贴利息"), numeric=True, meaning=_("本金 × 年利率 × 天数 ÷ 360，四舍五入到分；只算限额以内的本金和利率。由财政付给银行或本人，本系统不付钱。"))]  # fmt: skip
    return Block(_("贴息贷款"), table=DataTable(id="loans", columns=heads, rows=rows, caption=_("贴息贷款")))


@page(Can.MANAGE_COMMERCE)
@require_GET
def beginner(request: DeskRequest, beginner_id: UUID) -> HttpResponse:
    """Show one beginner."""
    return _page(request, beginner_id, {})


@page(Can.MANAGE_COMMERCE)
@require_POST
def beginner_step(request: DeskRequest, beginner_id: UUID, step: str) -> HttpResponse:
    """Note something on the way of a beginner."""
    row = or_404(lambda: known.beginner_named(request.viewer, beginner_id))
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST)
    if attempt(request, form, lambda: _do(request, row, step, form)) is None and form.errors:
        return _page(request, beginner_id, {step: form})
    return redirect("commerce:beginner", row.public_id)


def _do(request: DeskRequest, row: Beginner, step: str, form: Any) -> Any:
    given, act, key = form.cleaned_data, act_of(request), row.public_id
    if step == "lesson":
        return actions.note_lesson(act=act, beginner=key, **given)
    if step == "space":
        return actions.give_space(act=act, beginner=key, **given)
    if step == "loan":
        return actions.apply_for_loan(act=act, beginner=key, amount_fen=given.pop("amount"), **given)
    if step == "settle":
        lot = known.shop_orders(row).filter(state="DELIVERED").first()
        return lot and actions.settle_shop(act=act, beginner=key, lot=lot.lot.public_id, way="BANK")
    loan = known.loans_of(row).first()
    if loan is None:
        raise Http404
    if step == "decision":
        return actions.note_decision(
            act=act, loan=loan.public_id, good=given["good"] == "1", decision_no=given["decision_no"],
            rate_bp=int((given["rate"] or 0) * 100), why=given["why"],
        )  # fmt: skip
    note = actions.note_paid_out if step == "paid_out" else actions.note_repaid
    return note(act=act, loan=loan.public_id, on=given["on"])


def _page(request: DeskRequest, beginner_id: UUID, sent: dict[str, Any]) -> HttpResponse:
    row = or_404(lambda: known.beginner_named(request.viewer, beginner_id))
    blocks: list[Block | None] = [steps_block(row), loan_block(row, request.viewer.today)]
    for step, word in _next(row, known.loans_of(row).first()):
        url = reverse("commerce:beginner_step", args=[row.public_id, step])
        form = sent.get(step) or FORMS[step]()
        blocks.append(Block(word, forms=[FormPart(form, url, word, kind="")]))
    return show(request, row.shop_name, blocks, lede=row.name, crumbs=_crumbs(row.shop_name), two=True)


def _next(row: Beginner, loan: Loan | None) -> list[tuple[str, str]]:
    steps = [("lesson", _("记一次课")), ("space", _("给免费工位"))]
    if loan is None or loan.state in {"DECLINED", "REPAID", "WITHDRAWN"}:
        steps.append(("loan", _("申请贴息贷款")))
    elif loan.state == "APPLIED":
        steps.append(("decision", _("记银行的决定")))
    elif loan.state == "APPROVED":
        steps.append(("paid_out", _("记放款日期")))
    else:
        steps.append(("repaid", _("记还清日期")))
    if known.shop_orders(row).filter(state="DELIVERED").exists():
        steps.append(("settle", _("结算卖出的货")))
    return steps
