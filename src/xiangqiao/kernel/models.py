"""The log that everything is written in, its seals, keys, and long work."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.kernel.act import Source as Source
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.values import plain

SOURCES = [
    (Source.DESK, _("办公台")),
    (Source.IMPORT, _("表格导入")),
    (Source.COMMAND, _("命令行")),
    (Source.API, _("接口")),
    (Source.FIELD, _("手机")),
    (Source.JOB, _("后台任务")),
]


class Event(models.Model):
    """One act by a named actor: append-only; triggers in the database refuse change and deletion."""

    public_id = models.UUIDField(unique=True, default=new_id)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    actor = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120)
    source = models.CharField(max_length=10, choices=SOURCES)
    division_code = models.CharField(max_length=12, blank=True, db_index=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Change(models.Model):
    """One attribute of one subject changed. Secrets stand here as keyed hash and mask, never as ciphertext."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes")
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    attribute = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    valid_from = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "attribute", "id"], name="change_of_attribute")]

    def __str__(self) -> str:
        return f"{self.subject_kind}.{self.attribute}"


class Seal(models.Model):
    """A stretch of the log, chained to the one before and signed with a key kept outside the database."""

    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.pk}: {self.head}"


class SealedEvent(models.Model):
    """The place of an event in the chain, in the order in which the sealer saw it committed."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
    link = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.link


class DataKey(models.Model):
    """A data key, wrapped by the master key that lies outside the database."""

    class Purpose(models.TextChoices):
        SEAL = "SEAL", _("加密")
        BLIND = "BLIND", pgettext_lazy("key", "查找")

    purpose = models.CharField(max_length=10, choices=Purpose)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Job(models.Model):
    """Long work that shows its progress, can be stopped, and goes on from its cursor."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("排队中")
        RUNNING = "RUNNING", _("进行中")
        DONE = "DONE", _("已完成")
        FAILED = "FAILED", _("失败")
        CANCELLED = "CANCELLED", _("已取消")

    public_id = models.UUIDField(unique=True, default=new_id)
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    owner = models.UUIDField(null=True)
    params = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Recorded(models.Model):
    """A row whose attributes are written only through `kernel.record`, so that the log can replay them.

    `RECORDED` names the attributes. A row that came with an import keeps batch and row number, and the digest of what
    it was then; all digests of a batch are gathered in the Merkle root that the batch's event carries.
    """

    RECORDED: ClassVar[tuple[str, ...]] = ()

    public_id = models.UUIDField(unique=True, default=new_id)
    version = models.PositiveIntegerField(default=1)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    batch_row = models.PositiveIntegerField(null=True, blank=True)
    origin_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def subject_kind(cls) -> str:
        """Return the name under which rows of this table stand in the log."""
        return cls._meta.label_lower

    def recorded_state(self) -> dict[str, Any]:
        """Return the recorded attributes as the log writes them (plain JSON values)."""
        return {name: plain(getattr(self, name)) for name in self.RECORDED}


class Publication(Recorded):
    """A public list as it was approved. Rows, columns and files never change; another list takes its place."""

    RECORDED: ClassVar = (
        "kind", "title", "content_hash", "state", "submitted_by", "approved_by", "approved_at",
        "withdraw_on", "withdrawn_at", "subject", "reason",
    )  # fmt: skip

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("待复核")
        APPROVED = "APPROVED", _("已公布")
        SENT_BACK = "SENT_BACK", _("已退回")
        WITHDRAWN = "WITHDRAWN", _("已撤下")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    division_code = models.CharField(max_length=12, blank=True)
    # What the list tells of, where it is one thing: an appeal, an answer.
    subject = models.UUIDField(null=True, db_index=True)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    submitted_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    withdraw_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "state", "withdraw_on"], name="publication_shown")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="APPROVED")
                | models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("submitted_by")),
                name="publication_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PublicationFile(models.Model):
    """A file beside a public list; its digest is part of what was approved."""

    public_id = models.UUIDField(unique=True, default=new_id)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    data = models.BinaryField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
