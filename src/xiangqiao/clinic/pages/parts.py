"""What several pages of the clinic share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime

from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict
from xiangqiao.kernel.ui.marks import Tag, Tone

if TYPE_CHECKING:
    from xiangqiao.clinic.models import Consultation

TONES: dict[str, Tone] = {
    "ASKED": "gold", "ACCEPTED": "blue", "ANSWERED": "orange", "CLOSED": "green", "DECLINED": "grey", "WITHDRAWN": "grey",
}  # fmt: skip


def done(form: forms.Form, do: Callable[[dict[str, Any]], object]) -> bool:
    """Do what a valid form asks for and return whether it was done; a refusal stands at its field."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except AlreadyDone:
        return True
    except Conflict:
        raise
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def or_404(find: Callable[[], Any]) -> Any:
    """Return what is looked for; what is unseen does not exist."""
    try:
        return find()
    except ObjectDoesNotExist:
        raise Http404 from None


def moment(at: datetime | None) -> str:
    """Write a moment as the county reads it."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def state_tag(row: Consultation) -> Tag:
    """Return the state of a consultation as mark and word."""
    return Tag(str(row.get_state_display()), TONES[row.state])
