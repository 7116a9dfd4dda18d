"""Reads of accounts: people and posts, sessions, lock-out, who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from xiangqiao.accounts.models import Post, SignIn, User, Viewing
from xiangqiao.accounts.rules import IDLE_SECONDS, Can, Role
from xiangqiao.accounts.viewer import AnyViewer
from xq_engine.divisions import range_of


def people(viewer: AnyViewer, *, text: str = "") -> QuerySet[User]:
    """Return everybody who signs in, with posts at hand. Raises NotAllowed unless the viewer manages users."""
    viewer.demand(Can.MANAGE_USERS)
    found = User.objects.order_by("-is_active", "username", "id").prefetch_related("posts")
    return found.filter(Q(username__icontains=text) | Q(name__icontains=text)) if text else found


def in_post(found: QuerySet[User], today: date, *, role: str = "", division_code: str = "") -> QuerySet[User]:
    """Narrow people to those who hold a post on a day: of a kind, in a division or below it."""
    if not role and not division_code:
        return found
    held = Post.objects.filter(user=OuterRef("pk"), valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    )
    if role:
        held = held.filter(role=role)
    if division_code:
        first, after = range_of(division_code)
        held = held.filter(division_code__gte=first, division_code__lt=after)
    return found.filter(Exists(held))


def people_in(roles: Iterable[Role], *, on: date) -> QuerySet[User]:
    """Return the active users who hold one of some posts on a day, by name: whom another app may choose from."""
    held = Post.objects.filter(role__in=[str(role) for role in roles], valid_from__lte=on)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name")


def person(viewer: AnyViewer, public_id: UUID) -> User | None:
    """Return one person with posts at hand. Raises NotAllowed unless the viewer manages users."""
    return people(viewer).filter(public_id=public_id).first()


def user_for_code(public_id: str) -> User | None:
    """Return the active person whose password was right and whose code is awaited."""
    return User.objects.filter(public_id=public_id, is_active=True).first()


def posts_in_force(user: User, today: date) -> list[Post]:
    """Return the posts that a person holds on a day."""
    return [
        post
        for post in user.posts.all()
        if post.valid_from <= today and (post.valid_to is None or post.valid_to > today)
    ]


def open_sessions(user: User, now: datetime) -> QuerySet[SignIn]:
    """Return a person's sessions that have neither ended nor been idle for too long, latest first."""
    since = now - timedelta(seconds=IDLE_SECONDS)
    return SignIn.objects.filter(user=user, ended_at__isnull=True, seen_at__gte=since).order_by(
        "-seen_at", "-id"
    )


def sign_in_before(user: User, session_digest: str) -> SignIn | None:
    """Return the sign-in before the one in use: what "last sign-in" shows."""
    return (
        SignIn.objects.filter(user=user)
        .exclude(session_digest=session_digest)
        .order_by("-started_at", "-id")
        .first()
    )


def session_in_use(session_digest: str) -> SignIn | None:
    """Return the open session with its person, in one query."""
    return (
        SignIn.objects.select_related("user")
        .filter(session_digest=session_digest, ended_at__isnull=True, user__is_active=True)
        .first()
    )


def lock_out_ends(username: str, address: str | None, now: datetime) -> datetime | None:
    """Return when a locked-out name and address may try again, or None where they may now."""
    attempt = (
        AccessAttempt.objects.filter(
            username=username, ip_address=address, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
        )
        .order_by("-attempt_time")
        .first()
    )
    if attempt is None:
        return None
    ends: datetime = attempt.attempt_time + timedelta(hours=settings.AXES_COOLOFF_TIME)
    return ends if ends > now else None


def who_looked(subject: UUID, *, today: date, days: int = 180) -> QuerySet[Viewing]:
    """Return who looked at a subject in the last days, latest first, with names at hand."""
    since = today - timedelta(days=days)
    return (
        Viewing.objects.filter(subject=subject, day__gte=since)
        .select_related("user")
        .order_by("-last_at", "-id")
    )
