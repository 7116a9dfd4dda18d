"""Phone and follow code: how somebody without an account finds again what they asked for."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault
from xiangqiao.services.models import Reply
from xiangqiao.services.models.followed import Followed
from xiangqiao.services.words import Channel, Consent

# Without 0 O 1 I L 2 Z 5 S 8 B: what is read aloud or copied by hand is not mistaken.
_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 8
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")
_LONG_NUMBER = re.compile(r"\d{15,}[\dXx]?")


@dataclass(frozen=True)
class Guest:
    """Somebody who did not sign in, and what phone and code have opened to them."""

    follows: frozenset[UUID] = frozenset()
    public_id: UUID | None = None
    label: str = "网站来访者"


@dataclass(frozen=True)
class Asker:
    """Who asks for something, from where, by which way, and who does it for them with what consent."""

    division_code: str
    name: str = ""
    phone: str = ""
    channel: Channel = Channel.WEB
    asker: UUID | None = None
    household: UUID | None = None
    consent: Consent = Consent.NONE
    source_note: str = field(default="")

    @property
    def is_proxy(self) -> bool:
        """Whether somebody else speaks for the asker."""
        return self.consent != Consent.NONE


def new_code() -> str:
    """Return a fresh follow code, as it is shown once."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def code_hash(code: str) -> str:
    """Return the keyed hash of a follow code, however it was typed."""
    return vault().blind("services.follow", re.sub(r"[\s-]", "", code).upper())


def phone_hash(phone: str) -> str:
    """Return the keyed hash of a phone number, under which the register finds it too."""
    return vault().blind("phone", re.sub(r"[\s-]", "", phone)) if phone else ""


def demand_phone(phone: str) -> str:
    """Return a phone number without spaces. Raises ActionError where it is none."""
    plain = re.sub(r"\s", "", phone)
    if not _PHONE.fullmatch(plain):
        raise ActionError(
            "services.phone", _("电话要写 11 位手机号，或带区号的座机，例如 0797-6832211。"), field="phone"
        )
    return plain


def refuse_numbers(text: str, field_name: str = "text") -> None:
    """Raise ActionError where a free text holds what looks like an ID or card number: it would stay in the log."""
    if _LONG_NUMBER.search(re.sub(r"[\s-]", "", text)):
        raise ActionError(
            "services.number_in_text",
            _("请把证件号或银行卡号从文字里删掉：办理时用不着，写了反而会被别人看到。"),
            field=field_name,
        )


def followed_values(asker: Asker, row: Followed, code: str, *, by: Any) -> dict[str, Any]:
    """Return the columns of who asked, with the phone sealed to the row and the code as its hash."""
    phone = demand_phone(asker.phone) if asker.phone else ""
    place = Place(row._meta.db_table, "phone_sealed", row.public_id)
    return {
        "division_code": asker.division_code,
        "asker_name": asker.name,
        "asker": asker.asker,
        "household": asker.household,
        "by": by.public_id if asker.is_proxy else None,
        "by_label": by.label if asker.is_proxy else "",
        "consent": asker.consent,
        "channel": asker.channel,
        "source_note": asker.source_note,
        "phone_sealed": vault().seal(phone, place) if phone else None,
        "phone_hash": phone_hash(phone),
        "phone_mask": mask(phone),
        "code_hash": code_hash(code),
    }


def phone_of(row: Followed | Reply) -> str:
    """Return the phone itself. Who asks is the one in charge, and the page notes that it was shown."""
    if not row.phone_sealed:
        return ""
    return vault().open(row.phone_sealed, Place(row._meta.db_table, "phone_sealed", row.public_id))
