"""The household's own door: codes are issued by who helps it, and open its page once, for a short time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.actions.grants import end_grants, grant
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.journal.models import CodeTry, Door, OneTimeCode, OwnSession
from xiangqiao.journal.queries.reach import household_for
from xiangqiao.journal.rules import codes as rules
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import recording


class CodeRefused(ActionError):
    """The code does not open this door: wrong, used, too old. Which of these is not said."""


class Locked(ActionError):
    """Too many wrong codes at this door or from this address; it opens again by itself."""

    status = 429


@dataclass(frozen=True)
class Issued:
    """A code as it is read out once; afterwards only its hash remains."""

    door: Door
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class OwnSelf:
    """The household itself, acting without an account: who the log names."""

    public_id: UUID | None = None
    label: str = "农户本人（一次性验证码）"


def door_of(act: Act, household: UUID, division_code: str) -> Door:
    """Return the door of a household, made when first asked for."""
    present = Door.objects.filter(household=household).first()
    if present is not None:
        return present
    door = Door(household=household, division_code=division_code, token=_letters())
    try:
        with recording(
            "journal.door_made", replace(act, key=None), subject=door, division_code=division_code
        ) as record:
            record.create(door)
    except IntegrityError:
        return Door.objects.get(household=household)
    return door


def issue_code(*, act: Act, household: UUID) -> Issued:
    """Make a one-time code for a household that the person reaches. An older code of the household is void from now on.

    Raises ActionError above the number of codes an hour, NotAllowed without the post.
    """
    viewer = permit(act, Can.LOG_VISIT)
    home = household_for(viewer, household, Can.LOG_VISIT)
    door = door_of(act, home.public_id, home.division_code)
    code = "".join(secrets.choice("0123456789") for _digit in range(rules.DIGITS))
    with recording("journal.code_issued", act, subject=door, division_code=home.division_code) as record:
        Door.objects.select_for_update().get(pk=door.pk)
        lately = door.codes.filter(issued_at__gt=act.at - timedelta(hours=1), issued_at__lte=act.at)
        if lately.count() >= rules.ISSUED_AN_HOUR:
            raise ActionError(
                "code.often",
                _("这一户一小时内已经发过 %(n)d 次验证码，请过一会儿再发。") % {"n": rules.ISSUED_AN_HOUR},
            )
        for older in door.codes.filter(used_at__isnull=True, void=False):
            record.change(older, void=True)
        row = OneTimeCode(
            door=door, code_hash=_blind(door, code), issued_by=viewer.public_id, issued_label=viewer.label,
            issued_at=act.at, expires_at=act.at + rules.GOOD_FOR,
        )  # fmt: skip
        record.create(row)
    return Issued(door, code, row.expires_at)


def enter_by_code(*, token: str, code: str, address: str | None, now: datetime) -> tuple[OwnSession, str]:
    """Open a door with a code, once. Return the session and its key, which goes into the browser's cookie.

    Raises CodeRefused, Locked. Of several at once with one code, one enters.
    """
    used = _use_code(token, code, address, Act(by=OwnSelf(), at=now))
    key = secrets.token_urlsafe(32)
    session = OwnSession.objects.create(
        door=used.door,
        code=used,
        key_digest=rules.digest_of(key),
        started_at=now,
        expires_at=now + rules.SESSION_FOR,
    )
    return session, key


def link_member(*, act: Act, token: str, code: str, address: str | None) -> Door:
    """Link a registered person's account to the household whose code it was given. Raises CodeRefused, Locked, NotAllowed."""
    viewer = permit(act, Can.OWN_HOUSEHOLD)
    if not isinstance(viewer, Viewer):
        raise NotAllowed("member.person", _("只有登录的人可以关联自己的户。"))
    with transaction.atomic():
        used = _use_code(token, code, address, replace(act, key=None))
        grant(
            act=replace(act, key=None), user=viewer.user.public_id, subject=used.door.household,
            capability=Can.OWN_HOUSEHOLD, valid_from=day_of(act.at), basis=f"code:{used.public_id}",
        )  # fmt: skip
    return used.door


def unlink_member(*, act: Act, basis: str) -> int:
    """End the link of one's own account to a household. `basis` is that of the grant. Return how many grants ended."""
    permit(act, Can.OWN_HOUSEHOLD)
    return end_grants(act=act, basis=basis, on=day_of(act.at))


def leave(*, session: OwnSession, now: datetime) -> None:
    """Close the door again: the session ends at once."""
    OwnSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=now)


def _use_code(token: str, code: str, address: str | None, act: Act) -> OneTimeCode:
    """Use a code up. A wrong try is counted whatever the caller does with the refusal."""
    digits, name = rules.tidy_code(code), rules.tidy_token(token)
    asked = vault().blind("own_page_address", address or "-")
    found: OneTimeCode | None = None
    with transaction.atomic():
        # The door is held until the end: tries of one door are counted one after the other, and one code has one winner.
        door = Door.objects.select_for_update().filter(token=name).first() if name else None
        _refuse_locked(door, asked, act.at)
        if door is not None and digits:
            found = _good(door, digits, act.at)
        if found is None:
            CodeTry.objects.create(door=door, address_hash=asked, at=act.at)
        else:
            with recording(
                "journal.code_used", act, subject=found, division_code=found.door.division_code
            ) as record:
                record.change(found, used_at=act.at)
    if found is None:
        raise CodeRefused(
            "code.wrong",
            _("验证码不对、用过了或过了 15 分钟。请核对，或请帮扶干部、村干部再发一个。"),
            field="code",
        )
    return found


def _good(door: Door, digits: str, now: datetime) -> OneTimeCode | None:
    row = (
        door.codes.select_related("door")
        .filter(used_at__isnull=True, void=False, expires_at__gt=now)
        .order_by("-issued_at", "-id")
        .first()
    )
    same = row is not None and secrets.compare_digest(row.code_hash, _blind(door, digits))
    return row if same else None


def _refuse_locked(door: Door | None, address: str, now: datetime) -> None:
    since = now - rules.WINDOW
    wrong = CodeTry.objects.filter(address_hash=address, at__gt=since).count()
    locked = wrong >= rules.WRONG_FROM_ADDRESS
    if door is not None and not locked:
        # A fresh code, handed over in person, gives a fresh number of tries.
        newest = door.codes.order_by("-issued_at", "-id").values_list("issued_at", flat=True).first()
        begin = max(since, newest) if newest else since
        locked = door.tries.filter(at__gte=begin).count() >= rules.WRONG_AT_DOOR
    if locked:
        raise Locked(
            "code.locked",
            _("输错的次数太多，先停 15 分钟。急用的话，请帮扶干部或村干部当面再发一个验证码。"),
            field="code",
        )


def _blind(door: Door, code: str) -> str:
    return vault().blind("household_code", f"{door.public_id}|{code}")


def _letters() -> str:
    return "".join(secrets.choice(rules.TOKEN_LETTERS) for _letter in range(rules.TOKEN_LENGTH))
