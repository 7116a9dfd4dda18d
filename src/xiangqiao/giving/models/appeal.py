"""An appeal of a household, what it needs, and who went to see."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.kernel.models import Recorded


class Source(models.TextChoices):
    """By whom an appeal came in."""

    HOUSEHOLD = "HOUSEHOLD", _("农户本人")
    CADRE = "CADRE", _("帮扶干部、村镇")
    VOLUNTEER = "VOLUNTEER", _("志愿者协会")
    STATION = "STATION", _("村级站点")
    WECHAT = "WECHAT", _("微信群")


class AppealQuerySet(models.QuerySet["Appeal", "Appeal"]):
    """Appeals, seen by place, by grant on the household, or by who raised them."""

    def visible_to(self, viewer: AnyViewer) -> AppealQuerySet:
        """Return the appeals that a viewer may see."""
        if isinstance(viewer, SystemViewer):
            return self
        return self.filter(
            scope(viewer, Can.READ_GIVING, subject=None)
            | scope(viewer, Can.OWN_HOUSEHOLD, subject="household")
            | scope(viewer, Can.READ_REGISTER, subject="household")
            | Q(raised_by=viewer.public_id)
        )


class Appeal(Recorded):
    """A request for help of one household. Story and title are internal; the public sees what a publication carries."""

    RECORDED: ClassVar = (
        "case_no", "household", "source", "raised_by", "title", "story", "state", "lane", "charity", "consent_by",
        "consent_on", "public_title", "public_text", "closed_on", "report",
    )  # fmt: skip

    class State(models.TextChoices):
        RAISED = "RAISED", _("待核实")
        VERIFIED = "VERIFIED", _("已核实")
        OPEN = "OPEN", _("公开中")
        FROZEN = "FROZEN", _("暂停")
        CLOSED = "CLOSED", _("已结案")
        REJECTED = "REJECTED", _("不予采纳")
        WITHDRAWN = "WITHDRAWN", _("已撤回")

    class Lane(models.TextChoices):
        A = "A", _("慈善项目")
        B = "B", _("指定平台")
        C = "C", _("需求榜")

    # The public number of the case, by which people speak of it without a name.
    case_no = models.CharField(max_length=20, unique=True)
    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    source = models.CharField(max_length=10, choices=Source)
    raised_by = models.UUIDField(null=True)
    raised_label = models.CharField(max_length=120)
    raised_at = models.DateTimeField()
    title = models.CharField(max_length=60)
    story = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    lane = models.CharField(max_length=1, choices=Lane, blank=True)
    # Lane A: name, certificate, filing, valid_to of the charity that takes the project on.
    charity = models.JSONField(default=dict)
    consent_by = models.CharField(max_length=60, blank=True)
    consent_on = models.DateField(null=True)
    public_title = models.CharField(max_length=60, blank=True)
    public_text = models.TextField(max_length=1000, blank=True)
    closed_on = models.DateField(null=True)
    report = models.TextField(max_length=2000, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-raised_at"], name="appeal_by_state")]

    def __str__(self) -> str:
        return self.case_no


class Need(Recorded):
    """One thing that is needed, costed. `taken` is what gifts hold of it: never more than the need."""

    RECORDED: ClassVar = ("appeal_id", "kind", "what", "measure", "quantity", "unit_cost_fen", "evidence")

    class Kind(models.TextChoices):
        GOODS = "GOODS", _("物品")
        HOURS = "HOURS", _("出力（小时）")
        JOB = "JOB", _("就业岗位")
        DIRECT = "DIRECT", _("直接赠予（当面或汇入本户账户）")
        MONEY = "MONEY", _("善款（走慈善组织或指定平台）")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=60)
    measure = models.CharField(max_length=12, blank=True)
    # Pieces, minutes or fen, by kind.
    quantity = models.PositiveBigIntegerField()
    taken = models.PositiveBigIntegerField(default=0)
    unit_cost_fen = models.PositiveBigIntegerField(default=0)
    evidence = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="need_is_something"),
            models.CheckConstraint(condition=Q(taken__lte=F("quantity")), name="need_is_not_taken_over"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def open(self) -> int:
        """What nobody has taken on yet."""
        return self.quantity - self.taken

    @property
    def cost_fen(self) -> int:
        """What the whole need costs: money itself, things by their price, hours as estimated per hour."""
        if self.kind in (self.Kind.MONEY, self.Kind.DIRECT):
            return self.quantity
        return self.quantity * self.unit_cost_fen // (60 if self.kind == self.Kind.HOURS else 1)


class Verification(Recorded):
    """One person of one body went to see, and says what was found."""

    RECORDED: ClassVar = ("appeal_id", "verifier", "body", "visited_on", "notes", "confirms")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="verifications")
    verifier = models.UUIDField()
    verifier_label = models.CharField(max_length=120)
    # The post by which the person verifies.
    body = models.CharField(max_length=20)
    visited_on = models.DateField()
    notes = models.TextField(max_length=1000)
    confirms = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appeal", "verifier"], name="verified_once_by_one"),
            models.UniqueConstraint(fields=["appeal", "body"], name="verified_once_by_a_body"),
        ]

    def __str__(self) -> str:
        return self.body
