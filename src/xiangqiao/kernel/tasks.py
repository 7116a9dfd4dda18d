"""Long work of the kernel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel import jobs
from xiangqiao.kernel.rotation import seal_anew


@jobs.kind("kernel.seal_anew", title=_("用新密钥重新加密"))
def seal_rows_anew(run: jobs.Running) -> None:
    """Seal every living row anew with the present data key."""
    seal_anew(run.cursor, lambda done, total, cursor: run.advance(done, total=total, cursor=cursor))
