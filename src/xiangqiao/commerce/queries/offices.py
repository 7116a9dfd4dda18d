"""What the commerce office's desk reads: stations, lists, tenants, words that wait."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.commerce.models import ImportedList, Offer, Order, Station, Tenant
from xiangqiao.commerce.rules.story import KIND
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.models import Publication


def stations(viewer: AnyViewer) -> QuerySet[Station]:
    """Return the stations a viewer sees, those withdrawn left out."""
    return Station.objects.visible_to(viewer).filter(withdrawn_at__isnull=True)


def station_named(viewer: AnyViewer, public_id: UUID) -> Station:
    """Return one station. Raises Station.DoesNotExist."""
    return stations(viewer).get(public_id=public_id)


def lists(viewer: AnyViewer) -> QuerySet[ImportedList]:
    """Return the lists that were brought in, newest first."""
    return ImportedList.objects.visible_to(viewer, Can.MANAGE_COMMERCE).order_by("-id")


def list_named(viewer: AnyViewer, public_id: UUID) -> ImportedList:
    """Return one list. Raises ImportedList.DoesNotExist."""
    return lists(viewer).get(public_id=public_id)


def tenant_named(viewer: AnyViewer, public_id: UUID) -> Tenant:
    """Return one tenant. Raises Tenant.DoesNotExist."""
    return Tenant.objects.visible_to(viewer).filter(withdrawn_at__isnull=True).get(public_id=public_id)


def words_waiting(viewer: AnyViewer) -> QuerySet[Publication]:
    """Return the offers' words that wait for a second person in the viewer's range."""
    return guard.waiting(KIND).filter(scope(viewer, Can.APPROVE_PUBLICATION, subject=None))


def words_named(viewer: AnyViewer, public_id: UUID) -> Publication:
    """Return the words of an offer in the viewer's range. Raises Publication.DoesNotExist."""
    rows = Publication.objects.filter(kind=KIND).filter(scope(viewer, Can.APPROVE_PUBLICATION, subject=None))
    return rows.get(public_id=public_id)


def words_of(offer: Offer) -> Publication | None:
    """Return the newest words of an offer, whatever became of them."""
    return guard.of_subject(offer.public_id, KIND).first()


def own_orders(viewer: AnyViewer) -> QuerySet[Order]:
    """Return the orders a registered person placed, newest first."""
    rows = Order.objects.filter(member=viewer.public_id, member__isnull=False)
    return rows.select_related("offer", "lot", "round").order_by("-id")


def user_named(username: str) -> User | None:
    """Return the active person with a sign-in name."""
    return User.objects.filter(username=username, is_active=True).first()
