"""Announcements: what an office tells everybody, with files, past the guard and a second person, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act
from xiangqiao.services import published
from xiangqiao.services.words import Announced


def announce(
    *,
    act: Act,
    division_code: str,
    sort: str,
    title: str,
    text: str,
    office: str,
    withdraw_on: date,
    attachments: Iterable[guard.Attachment] = (),
) -> Publication:
    """Hand an announcement to the second person. It is shown from the approval until `withdraw_on`, at most a year.

    Raises LeakFound where a person's number stands in the text or in a file, NotAllowed where the post does not reach,
    ActionError where a part is missing.
    """
    permit(act, Can.MANAGE_SERVICES, division_code)
    if sort not in Announced.values:
        raise ActionError("services.no_such_sort", _("没有这个类别，请从列表里选。"), field="sort")
    for field, given in (("title", title), ("text", text), ("office", office)):
        if not given.strip():
            raise ActionError("services.announcement_empty", _("这一栏不能空着。"), field=field)
    return guard.submit(
        act=act, kind=published.ANNOUNCEMENT, title=title.strip(),
        rows=[{"sort": sort, "text": text.strip(), "office": office.strip()}],
        withdraw_on=withdraw_on, attachments=attachments, division_code=division_code,
    )  # fmt: skip
