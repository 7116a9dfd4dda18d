"""Posting on a board: put down and handed to the second person in one go."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from xiangqiao.kernel.record import Act
from xiangqiao.services.actions.goods import Listed, list_goods
from xiangqiao.services.actions.labour import offer_job
from xiangqiao.services.actions.publishing import submit, submit_out
from xiangqiao.services.actions.training import add_day, plan_course
from xiangqiao.services.following import Asker
from xiangqiao.services.models import Course, Vacancy


def post_goods(*, act: Act, asker: Asker, **values: Any) -> Listed:
    """Put goods on the board and hand the entry to the second person; nothing is kept where the guard refuses it.

    `values` as for `list_goods`. Raises LeakFound where a phone or name stands in the note.
    """
    with transaction.atomic():
        listed = list_goods(act=act, asker=asker, **values)
        submit(act=act.keyless(), row=listed.listing)
    return listed


def post_job(*, act: Act, **values: Any) -> Vacancy:
    """Offer a job and hand it to the second person; nothing is kept where the guard refuses it. As `offer_job`."""
    with transaction.atomic():
        row = offer_job(act=act, **values)
        submit_out(act=act.keyless(), row=row)
    return row


def post_course(*, act: Act, days: list[tuple[date, str]], **values: Any) -> Course:
    """Plan a course with its days (date, hours) and hand it to the second person. As `plan_course`."""
    with transaction.atomic():
        row = plan_course(act=act, **values)
        for on, hours in days:
            add_day(act=act.keyless(), course=row, on=on, hours=hours)
        submit_out(act=act.keyless(), row=row)
    return row
