"""The shelf of teaching resources, and the reading corners."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.learning.models.place import School
from xiangqiao.learning.models.timetable import Course


class Resource(Recorded):
    """A resource that may be used: its licence and source are always known. `notice` is what the second person looks at."""

    RECORDED: ClassVar = (
        "title", "subject", "grade", "about", "link", "licence", "source", "notice", "withdrawn_on",
    )  # fmt: skip

    class Licence(models.TextChoices):
        PUBLIC = "PUBLIC", _("公有领域")
        CC_BY = "CC_BY", _("知识共享：署名")
        CC_BY_SA = "CC_BY_SA", _("知识共享：署名—相同方式共享")
        STATE = "STATE", _("国家平台免费资源，只链接")
        OWN = "OWN", _("本县教师制作，已授权")

    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=10, choices=Course.Subject)
    grade = models.PositiveSmallIntegerField(default=0)
    about = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=300)
    licence = models.CharField(max_length=10, choices=Licence)
    source = models.CharField(max_length=120)
    notice = models.UUIDField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["link"], condition=Q(withdrawn_on__isnull=True), name="resource_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class BookQuerySet(models.QuerySet["Book"]):
    """Books, seen by the place of the corner."""

    def visible_to(self, viewer: AnyViewer) -> BookQuerySet:
        """Return the books of the corners in a viewer's reach."""
        if isinstance(viewer, SystemViewer):
            return self
        return self.filter(scope(viewer, Can.READ_LEARNING, code="school__division_code", subject=None))


class Book(Recorded):
    """A title on a reading corner's shelf, with how many copies there are and how many are out."""

    RECORDED: ClassVar = ("school_id", "title", "author", "copies", "out")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="books")
    title = models.CharField(max_length=120)
    author = models.CharField(max_length=80, blank=True)
    copies = models.PositiveSmallIntegerField()
    out = models.PositiveSmallIntegerField(default=0)

    objects = BookQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "title"], name="book_once_in_a_corner"),
            models.CheckConstraint(condition=Q(out__lte=models.F("copies")), name="no_more_out_than_copies"),
        ]

    def __str__(self) -> str:
        return self.title


class Loan(Recorded):
    """A copy that is out. The reader is a card number of the corner: the register of cards is the school's paper."""

    RECORDED: ClassVar = ("book_id", "card", "household", "lent_on", "due_on", "returned_on")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="loans")
    card = models.CharField(max_length=12)
    household = models.UUIDField(null=True, blank=True)
    lent_on = models.DateField()
    due_on = models.DateField()
    returned_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["book", "card"], condition=Q(returned_on__isnull=True), name="card_has_a_book_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.card}"
