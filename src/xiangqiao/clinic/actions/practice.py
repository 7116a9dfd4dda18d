"""Who acts at the clinic: a doctor of the right kind of institution."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.clinic.models import Institution, Practice
from xiangqiao.clinic.queries import practice_of
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.kernel.record import Act


def treating(act: Act) -> Practice:
    """Return the acting village doctor's practice. Raises NotAllowed for everybody else."""
    return _of_kind(act, Institution.Kind.CLINIC)


def consulting(act: Act) -> Practice:
    """Return the acting hospital doctor's practice. Raises NotAllowed for everybody else."""
    return _of_kind(act, Institution.Kind.HOSPITAL)


def looking(act: Act) -> AnyViewer:
    """Return who acts as who is looking; called after `treating` or `consulting`, which accept viewers only."""
    return act.by  # type: ignore[return-value]


def _of_kind(act: Act, kind: str) -> Practice:
    practice = practice_of(act.by) if isinstance(act.by, Viewer) else None
    if practice is None or practice.institution.kind != kind:
        raise NotAllowed("clinic.practice", _("只有登记在册的医生可以办这件事。请卫健委先登记您的执业机构。"))
    return practice
