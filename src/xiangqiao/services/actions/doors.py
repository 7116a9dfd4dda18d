"""Who may do what to something that was asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, Viewer, permit
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act
from xiangqiao.services.following import Asker, Guest
from xiangqiao.services.homes import PROXIES, homes_of
from xiangqiao.services.models import Office
from xiangqiao.services.models.followed import Followed


def demand_may_ask(act: Act, asker: Asker) -> None:
    """Let guests and signed-in people ask for themselves; for others only who serves there, with a consent."""
    if isinstance(act.by, Guest):
        if asker.is_proxy or asker.household is not None:
            raise NotAllowed("services.guest", _("替别人办要先登录。请到村里站点或请帮扶干部代办。"))
        if not asker.phone and not asker.channel == "WECHAT":
            raise ActionError("services.phone", _("请留一个电话，答复时好通知您。"), field="phone")
        return
    if not isinstance(act.by, Viewer | SystemViewer):
        raise NotAllowed("not_allowed", _("请先登录。"))
    for_own = asker.household is not None and not asker.is_proxy
    if for_own and isinstance(act.by, Viewer) and asker.household not in homes_of(act.by):
        raise NotAllowed("services.other_home", _("这一户没有和您的账号关联。"))
    if asker.is_proxy and not any(act.by.can(can, asker.division_code) for can in PROXIES):
        raise NotAllowed("services.proxy", _("您的岗位不能替这个村的人办。请找村里站点或帮扶干部。"))


def demand_asker(act: Act, row: Followed) -> None:
    """Demand that who acts asked for this, or spoke for who did, or showed phone and code."""
    by = act.by
    if isinstance(by, SystemViewer) or (isinstance(by, Guest) and row.public_id in by.follows):
        return
    if isinstance(by, Viewer) and by.public_id in (row.asker, row.by):
        return
    raise NotAllowed("services.not_yours", _("这一件不是您提的。请用提交时留的电话和查询码打开。"))


def demand_office(act: Act, office: Office | None, division_code: str) -> AnyViewer:
    """Demand that who acts works in the office in charge, or in the service centre over the place."""
    viewer = permit(act, Can.ANSWER)
    if viewer.can(Can.MANAGE_SERVICES, division_code):
        return viewer
    if office is None or not Office.objects.of(viewer).filter(pk=office.pk).exists():
        raise NotAllowed("services.other_office", _("这一件由别的单位负责，您的岗位不能办。"))
    return viewer


def demand_step(outcome: str | None) -> str:
    """Return the state that a step leads to. Raises ActionError where the step cannot be taken now."""
    if outcome is None:
        raise ActionError(
            "services.step", _("这一步现在不能办：情况已经变了。请刷新页面，看看现在到哪一步。")
        )
    return outcome
