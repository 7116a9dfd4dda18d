"""Reads of the WeChat channel."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.services.queries import own_row
from xiangqiao.wechat.models import OfficialAccount, Outgoing, Thread


@dataclass(frozen=True)
class Standing:
    """How a question stands, in words."""

    title: str
    state: str
    answer: str


def account_at(public_id: UUID) -> OfficialAccount | None:
    """Return the account that an address of ours belongs to, None where there is none in use."""
    return OfficialAccount.objects.filter(public_id=public_id, is_active=True).first()


def official_accounts(viewer: AnyViewer) -> QuerySet[OfficialAccount]:
    """Return the accounts of the places whose services a viewer keeps, with how much they carried."""
    return (
        OfficialAccount.objects.filter(scope(viewer, Can.MANAGE_SERVICES, subject=None))
        .annotate(
            asked=Count("threads", distinct=True),
            waiting=Count("outgoing", filter=Q(outgoing__state=Outgoing.State.WAITING), distinct=True),
            failed=Count("outgoing", filter=Q(outgoing__state=Outgoing.State.FAILED), distinct=True),
        )
        .order_by("division_code", "name")
    )


def latest_of(account: OfficialAccount, open_id_hash: str) -> Standing | None:
    """Return how the newest question of a follower of an account stands."""
    thread = Thread.objects.filter(account=account, open_id_hash=open_id_hash).order_by("-id").first()
    row = own_row("question", thread.question) if thread is not None else None
    if row is None:
        return None
    last = row.answers.order_by("-round").first()
    return Standing(row.title, str(row.get_state_display()), last.text if last is not None else row.where_to)


def thread_of(question: UUID) -> Thread | None:
    """Return by which account a question came, None where it came another way."""
    return Thread.objects.filter(question=question).select_related("account").first()
