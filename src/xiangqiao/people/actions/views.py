"""Keep a list under a name, and let it go."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import SavedView

MOST_LETTERS = 60


def save_view(*, act: Act, list_name: str, name: str, query: str, share: bool = False) -> SavedView:
    """Keep filters, columns and order under a name; the same name again replaces what it held.

    `share` shows it to everybody who works in the person's first division or below. Raises ActionError without a name.
    """
    viewer = permit(act, Can.READ_REGISTER)
    title = " ".join(name.split())[:MOST_LETTERS]
    if not title or not isinstance(viewer, Viewer) or viewer.public_id is None:
        raise ActionError("view.name", _("请给这个视图起个名字，例如“缺干部的监测户”。"), field="name")
    codes = viewer.divisions(Can.READ_REGISTER)
    with transaction.atomic():
        view, _made = SavedView.objects.update_or_create(
            owner=viewer.public_id,
            list_name=list_name,
            name=title,
            defaults={"query": query[:1000], "shared_code": codes[0] if share and codes else ""},
            create_defaults={
                "query": query[:1000],
                "shared_code": codes[0] if share and codes else "",
                "created_at": act.at,
            },
        )
    return view


def forget_view(*, act: Act, view: SavedView) -> None:
    """Delete a person's own view. Raises NotAllowed for somebody else's."""
    viewer = permit(act, Can.READ_REGISTER)
    if view.owner != viewer.public_id:
        raise ActionError("view.not_own", _("只能删除自己的视图。"))
    view.delete()
