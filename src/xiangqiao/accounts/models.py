"""Who signs in, in which posts, where, and what was looked at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.accounts.rules import ADMINS
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class RoleChoices(models.TextChoices):
    """Names of the posts; the codes are those of `rules.Role`."""

    COUNTY_OFFICE = "COUNTY_OFFICE", _("县办")
    TOWNSHIP_LEADER = "TOWNSHIP_LEADER", _("乡镇领导")
    TOWNSHIP_CLERK = "TOWNSHIP_CLERK", _("乡镇专干")
    VILLAGE_CLERK = "VILLAGE_CLERK", _("村级专干")
    FIRST_SECRETARY = "FIRST_SECRETARY", _("第一书记")
    TEAM_MEMBER = "TEAM_MEMBER", _("驻村工作队员")
    CADRE = "CADRE", _("帮扶干部")
    DEPARTMENT = "DEPARTMENT", _("行业部门")
    AUDITOR = "AUDITOR", _("审计")
    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("系统管理员")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("安全管理员")
    AUDIT_ADMIN = "AUDIT_ADMIN", _("审计管理员")
    STATION_KEEPER = "STATION_KEEPER", _("电商站点站长")
    TEACHER = "TEACHER", _("教师")
    VILLAGE_DOCTOR = "VILLAGE_DOCTOR", _("村医")
    HOSPITAL_DOCTOR = "HOSPITAL_DOCTOR", _("会诊医生")
    VOLUNTEER = "VOLUNTEER", _("志愿者")
    COMMERCE_OFFICE = "COMMERCE_OFFICE", _("电商办")
    NETWORK_OFFICE = "NETWORK_OFFICE", _("网信办")
    EDUCATION_OFFICE = "EDUCATION_OFFICE", _("教育局")
    HEALTH_OFFICE = "HEALTH_OFFICE", _("卫健委")
    SERVICE_OFFICE = "SERVICE_OFFICE", _("信息服务中心")
    GIVING_OFFICE = "GIVING_OFFICE", _("公益办")
    MEMBER = "MEMBER", _("注册居民")


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name; they are made by `actions` only."""


class User(AbstractBaseUser, Recorded):
    """A person who signs in. What the person may do comes from posts alone."""

    RECORDED: ClassVar = ("username", "name", "is_active", "must_change_password", "has_totp")

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    has_totp = models.BooleanField(default=False)
    totp_sealed = models.BinaryField(null=True)
    # The last time step accepted, so that a code works once. Source: RFC 6238, section 5.2.
    totp_step = models.BigIntegerField(default=0)
    elder_view = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """How the log names this person."""
        return f"{self.name} ({self.username})"


class Post(Recorded):
    """A person's post: role, division, unit, from and to."""

    RECORDED: ClassVar = ("user_id", "role", "division_code", "unit_name", "valid_from", "valid_to")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=RoleChoices)
    division_code = models.CharField(max_length=12)
    unit_name = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=[str(role) for role in ADMINS]),
                name="three_admins_are_three_people",
            ),
            models.CheckConstraint(
                # On the same day: half-open, a post taken back at once was never in force.
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_not_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.division_code}"


class Grant(Recorded):
    """One user may see one subject for a time: written by pairing, consent, household links, the counter."""

    RECORDED: ClassVar = ("user_id", "subject", "capability", "valid_from", "valid_to", "basis")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    subject = models.UUIDField(db_index=True)
    capability = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "capability", "subject"], name="grant_of_user")]

    def __str__(self) -> str:
        return f"{self.capability} {self.subject}"


class SignIn(models.Model):
    """A session of a person, listed to that person and ended at once when asked."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    session_digest = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at}"


class Viewing(models.Model):
    """Somebody looked at a subject's data: one row per person, subject, kind and day, counted."""

    class What(models.TextChoices):
        PAGE = "PAGE", _("查看页面")
        REVEAL = "REVEAL", _("查看完整号码")
        EXPORT = "EXPORT", _("导出")
        PRINT = "PRINT", pgettext_lazy("deed", "打印")

    public_id = models.UUIDField(unique=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "user", "what", "day", "reason"], name="viewing_once_a_day_with_a_count"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
