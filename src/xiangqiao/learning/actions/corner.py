"""Reading corners: books and loans."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.models import Book, Loan, School

LENT_FOR = timedelta(days=30)
_LENT = gettext_noop("从图书角借了《%(title)s》")


def put_book(*, act: Act, school: School, title: str, copies: int, author: str = "") -> Book:
    """Put a title on a corner's shelf. Raises ActionError where it stands there or the number is no number of copies."""
    permit(act, Can.TEACH, school.division_code)
    if not 1 <= copies <= 500:
        raise ActionError("learning.copies", _("册数要在 1 到 500 之间。"), field="copies")
    if school.books.filter(title=title).exists():
        raise ActionError("learning.book_twice", _("这个图书角已有这本书。"), field="title")
    row = Book(school=school, title=title, author=author, copies=copies)
    with recording("learning.book_put", act, subject=row, division_code=school.division_code) as record:
        record.create(row)
    return row


def lend(*, act: Act, book: Book, card: str, household: UUID | None = None) -> Loan:
    """Lend a copy on a card for thirty days. Raises Conflict where none is left, ActionError for a card that has it.

    A loan to a household of the register stands on its timeline.
    """
    permit(act, Can.TEACH, book.school.division_code)
    card = card.strip()
    if not card.isalnum() or len(card) > 12:
        raise ActionError("learning.card", _("借书证号是不超过 12 位的字母和数字。"), field="card")
    with recording("learning.lent", act, subject=book, division_code=book.school.division_code) as record:
        # Locked: of two hands at the last copy the second finds none.
        row = Book.objects.select_for_update().get(pk=book.pk)
        if row.out >= row.copies:
            raise Conflict("learning.none_left", _("这本书都借出去了。"))
        if book.loans.filter(card=card, returned_on__isnull=True).exists():
            raise ActionError("learning.has_it", _("这张证已经借了这本书，还没有还。"), field="card")
        record.change(row, out=row.out + 1)
        loan = _loan(row, card, household, day_of(act.at))
        record.create(loan)
        if household is not None:
            add_line(
                act=act, household=household, division_code=book.school.division_code, programme="LEARNING",
                sentence=_LENT, source_id=loan.public_id, title=book.title,
            )  # fmt: skip
    return loan


def _loan(book: Book, card: str, household: UUID | None, today: date) -> Loan:
    return Loan(book=book, card=card, household=household, lent_on=today, due_on=today + LENT_FOR)


def give_back(*, act: Act, loan: Loan) -> None:
    """A copy is back; told twice, the first time stands."""
    permit(act, Can.TEACH, loan.book.school.division_code)
    with recording(
        "learning.given_back", act, subject=loan.book, division_code=loan.book.school.division_code
    ) as record:
        row = Loan.objects.select_for_update().get(pk=loan.pk)
        if row.returned_on is not None:
            return
        record.change(row, returned_on=day_of(act.at))
        book = Book.objects.select_for_update().get(pk=row.book_id)
        record.change(book, out=book.out - 1)
