"""The shelf of resources: put up past the guard and a second person, and taken down."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.models import Resource
from xiangqiao.learning.published import RESOURCE
from xiangqiao.places.queries import county


def put_resource(
    *, act: Act, title: str, subject: str, grade: int, link: str, licence: str, source: str, about: str = ""
) -> Resource:
    """Hand a resource to the second person; the public sees it from the approval on, for a year.

    Raises ActionError without a licence or a source, or where it is there already; LeakFound where a person's number
    stands in its words: nothing is kept then.
    """
    permit(act, Can.MANAGE_LEARNING)
    if licence not in Resource.Licence.values:
        raise ActionError("learning.no_licence", _("选一种授权方式；不知道授权的不能上架。"), field="licence")
    if not source.strip():
        raise ActionError("learning.no_source", _("写明出处。"), field="source")
    if not link.startswith(("https://", "http://")):
        raise ActionError("learning.strange_link", _("网址要以 https:// 开头。"), field="link")
    if Resource.objects.filter(link=link, withdrawn_on__isnull=True).exists():
        raise ActionError("learning.resource_twice", _("这个资源已经在架上，或者正在等复核。"), field="link")
    row = Resource(
        title=title, subject=subject, grade=grade, link=link, licence=licence, source=source.strip(), about=about
    )  # fmt: skip
    with recording("learning.resource_put", act, subject=row) as record:
        record.create(row)
        record.change(row, notice=_hand_over(act, row))
    return row


def renew_resource(*, act: Act, resource: Resource) -> None:
    """Hand a resource to the second person again, after its year. Raises Conflict where it is out or waits."""
    permit(act, Can.MANAGE_LEARNING)
    with recording("learning.resource_renewed", act, subject=resource) as record:
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        out = guard.visible(RESOURCE.code, act.at).filter(subject=row.public_id)
        if (
            row.withdrawn_on
            or out.exists()
            or guard.waiting(RESOURCE.code).filter(subject=row.public_id).exists()
        ):
            raise Conflict("learning.not_over", _("它还在公开，或者正在等复核，不用再送。"))
        record.change(row, notice=_hand_over(act, row))


def approve_resource(*, act: Act, publication: Publication) -> None:
    """Let a resource out, as the second person. Raises NotAllowed where the post does not reach, as `guard.approve`."""
    permit(act, Can.APPROVE_PUBLICATION, publication.division_code)
    guard.approve(act=act, kind=RESOURCE, publication=publication)


def send_back_resource(*, act: Act, publication: Publication) -> None:
    """Refuse a resource, with the reason in `act`; its address is free again. Raises as `guard.send_back`."""
    permit(act, Can.APPROVE_PUBLICATION, publication.division_code)
    row = Resource.objects.get(public_id=publication.subject or publication.public_id)
    with recording("learning.resource_sent_back", act, subject=row) as record:
        guard.send_back(act=act.keyless(), publication=publication)
        record.change(row, withdrawn_on=day_of(act.at))


def withdraw_resource(*, act: Act, resource: Resource) -> None:
    """Take a resource off the shelf, with the reason in `act`. Raises ActionError without one."""
    permit(act, Can.MANAGE_LEARNING)
    if not act.reason.strip():
        raise ActionError("learning.no_reason", _("下架要写原因。"), field="reason")
    with recording("learning.resource_withdrawn", act, subject=resource) as record:
        guard.take_off(act=act.keyless(), public_id=resource.notice)
        record.change(resource, withdrawn_on=day_of(act.at))


def _hand_over(act: Act, row: Resource) -> UUID:
    shown = {
        "title": row.title, "about": row.about, "link": row.link, "source": row.source,
        "licence": row.licence,
    }  # fmt: skip
    here = county()
    return guard.submit(
        act=act.keyless(), kind=RESOURCE, title=row.title, rows=[shown], subject=row.public_id,
        withdraw_on=day_of(act.at) + timedelta(days=RESOURCE.keep_days), division_code=here.code if here else "",
    ).public_id  # fmt: skip
