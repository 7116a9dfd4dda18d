"""Out to the public: a copy with allowed columns only, past the guard, with a second person, until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act, recording
from xiangqiao.places.queries import place
from xiangqiao.services import published
from xiangqiao.services.actions.doors import demand_asker, demand_office
from xiangqiao.services.models import Course, Listing, Question, Vacancy

Public = Question | Listing | Vacancy | Course


def submit_question(
    *, act: Act, question: Question, title: str, text: str, answer: str, withdraw_on: date | None = None
) -> Publication:
    """Hand an edited copy of question and answer to the second person; names and places of the asker stay out.

    Raises LeakFound where numbers or the asker's name are in it, ActionError where the asker did not agree.
    """
    demand_office(act, question.office, question.division_code)
    if not question.may_publish:
        raise ActionError("services.not_agreed", _("提问的人没有同意公开，这一件不能公布。"))
    last = question.answers.order_by("-round").first()
    if last is None:
        raise ActionError("services.no_answer", _("还没有答复，不能公布。"))
    row = {
        "topic": question.topic, "question": text, "answer": answer,
        "office": last.office.name if last.office else "", "township": township(question.division_code),
        "answered_on": last.answered_on,
    }  # fmt: skip
    return _submit(act, question, published.QUESTION, title, row, withdraw_on, [question.asker_name])


def submit_out(*, act: Act, row: Listing | Vacancy | Course) -> Publication:
    """Hand an entry of a board to the second person, until the day on which it expires. Raises LeakFound."""
    if isinstance(row, Listing):
        demand_asker(act, row)
        return _submit(
            act, row, published.GOODS, _goods_title(row), goods_row(row), row.valid_to, [row.asker_name]
        )
    permit(act, Can.MANAGE_SERVICES, row.division_code)
    if isinstance(row, Vacancy):
        return _submit(act, row, published.JOB, row.title, job_row(row), row.valid_to, [])
    return _submit(act, row, published.COURSE, row.title, course_row(row), row.apply_until, [])


def submit(*, act: Act, row: Listing) -> Publication:
    """Hand goods to the second person, for the act that put them down and checked who may. Raises LeakFound."""
    return _submit(
        act, row, published.GOODS, _goods_title(row), goods_row(row), row.valid_to, [row.asker_name]
    )


def approve_out(*, act: Act, publication: Publication) -> None:
    """Let a submitted entry out, as the second person. Raises NotAllowed where the post does not reach."""
    permit(act, Can.APPROVE_PUBLICATION, publication.division_code)
    guard.approve(act=act, kind=published.KINDS[publication.kind], publication=publication)


def send_back_out(*, act: Act, publication: Publication) -> None:
    """Refuse a submitted entry, with the reason in `act`. Raises NotAllowed where the post does not reach."""
    permit(act, Can.APPROVE_PUBLICATION, publication.division_code)
    guard.send_back(act=act, publication=publication)


def withdraw_out(*, act: Act, publication: Publication) -> None:
    """Take a public entry down, with the reason in `act`. Raises NotAllowed where the post does not reach."""
    permit(act, Can.MANAGE_SERVICES, publication.division_code)
    guard.withdraw(act=act, publication=publication)


def take_off_board(act: Act, notice: UUID | None, reason: str) -> None:
    """Take an entry off the public board when its matter is over, whether it was out yet or not."""
    guard.take_off(act=replace(act.keyless(), reason=reason), public_id=notice)


def township(division_code: str) -> str:
    """Return the name of the township of a place; the public learns no more of where somebody lives."""
    found = place(f"{division_code[:9]}000") or place(division_code)
    return found.name if found else ""


def _goods_title(row: Listing) -> str:
    return f"{Listing.Kind(row.kind).label} {row.get_crop_display()}"


def goods_row(row: Listing) -> dict[str, Any]:
    """Return what the public sees of goods."""
    return {
        "kind": row.kind, "crop": row.crop, "kilograms": max(1, row.grams // 1000), "price": row.price_fen_per_kg,
        "note": row.note, "township": township(row.division_code), "until": row.valid_to,
    }  # fmt: skip


def job_row(row: Vacancy) -> dict[str, Any]:
    """Return what the public sees of a job."""
    return {
        "title": row.title, "employer": row.employer, "where": row.where, "wage_from": row.wage_from_fen,
        "wage_to": row.wage_to_fen, "period": row.period, "places": row.places, "wants": row.wants,
        "grant": row.travel_grant_fen, "until": row.valid_to,
    }  # fmt: skip


def course_row(row: Course) -> dict[str, Any]:
    """Return what the public sees of a course."""
    first = row.days.order_by("on").first()
    return {
        "title": row.title, "about": row.about, "organiser": row.organiser, "place": row.place, "seats": row.seats,
        "first_day": first.on if first else None, "until": row.apply_until,
    }  # fmt: skip


def _submit(
    act: Act, row: Public, kind: guard.Kind, title: str, shown: dict[str, Any], withdraw_on: date | None, private: list[str]
) -> Publication:  # fmt: skip
    until = withdraw_on or day_of(act.at) + timedelta(days=kind.keep_days)
    with recording("services.submitted_out", act, subject=row, division_code=row.division_code) as record:
        notice = guard.submit(
            act=act.keyless(), kind=kind, title=title, rows=[shown], withdraw_on=until,
            private=[one for one in private if len(one) > 1], subject=row.public_id, division_code=row.division_code,
        )  # fmt: skip
        record.change(row, notice=notice.public_id)
    return notice


def notice_of(row: Public) -> Publication:
    """Return the publication of something that was handed to the second person. Raises Publication.DoesNotExist."""
    if row.notice is None:
        raise Publication.DoesNotExist
    return Publication.objects.get(public_id=row.notice)
