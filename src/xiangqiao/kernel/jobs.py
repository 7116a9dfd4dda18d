"""Long work outside a request: it shows its progress, can be stopped, and goes on from its cursor after a crash.

An app declares a kind in its `tasks` module; a page starts it; the worker (`xiangqiao serve` keeps one) runs it::

    @jobs.kind("people.apply_batch", title=gettext_lazy("表格入库"))
    def apply_batch(run: Running) -> None:
        for part in parts(run.cursor.get("row", 0)):
            with transaction.atomic():
                ...
                run.advance(done, total=total, cursor={"row": part.last})

Why not a task package: docs/decisions/0010.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Job
from xiangqiao.kernel.values import plain

__all__ = [
    "Cancelled",
    "Interrupted",
    "Job",
    "Kind",
    "Running",
    "cancel",
    "kind",
    "kind_of",
    "present",
    "run_next",
    "start",
]

logger = logging.getLogger(__name__)

# A running job that says nothing for so long, and whose lock nobody holds, has lost its worker.
STALE = timedelta(seconds=30)


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class Interrupted(Exception):
    """The worker is being stopped; the job goes on with the next one."""


@dataclass(frozen=True)
class Kind:
    """A kind of job: what it is called, what does it, and where its result is looked at."""

    title: Any
    work: Callable[[Running], None]
    result_url: Callable[[Job], str]


_kinds: dict[str, Kind] = {}


def kind(
    name: str, *, title: Any, result_url: Callable[[Job], str] = lambda _job: ""
) -> Callable[[Callable[[Running], None]], Callable[[Running], None]]:
    """Declare the function that does a kind of job. `title` may be lazily translated."""

    def declare(work: Callable[[Running], None]) -> Callable[[Running], None]:
        _kinds[name] = Kind(title, work, result_url)
        return work

    return declare


def kind_of(job: Job) -> Kind:
    """Return the kind of a job. Raises KeyError where no app declares it."""
    return _kinds[job.kind]


def start(name: str, *, owner: UUID | None, total: int = 0, **params: Any) -> Job:
    """Queue a job of a kind with plain parameters. Raises KeyError on a kind that nobody declares."""
    if name not in _kinds:
        raise KeyError(name)
    return Job.objects.create(
        kind=name, owner=owner, params=plain(params), total=total, created_at=clock.now()
    )


def cancel(job: Job) -> None:
    """Ask a job to stop: a waiting one ends at once, a running one at its next step."""
    # A file, because a job may hold the one write transaction of SQLite for a while.
    _file(job.public_id, "cancel").touch()
    if job.state == Job.State.WAITING:
        Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.CANCELLED, cancel_asked=True, ended_at=clock.now()
        )


def present(public_id: UUID) -> Job | None:
    """Return a job as it stands now, progress inside its open transaction included."""
    job = Job.objects.filter(public_id=public_id).first()
    if job is None or job.state != Job.State.RUNNING:
        return job
    with suppress(OSError, ValueError):
        seen = json.loads(_file(public_id, "json").read_text())
        job.done, job.total, job.message = seen["done"], seen["total"], seen["message"]
    return job


class Running:
    """A job under way, handed to the function that does it."""

    def __init__(self, job: Job, stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self._stopping = stopping

    @property
    def params(self) -> dict[str, Any]:
        """What the job was started with."""
        return dict(self.job.params)

    @property
    def cursor(self) -> dict[str, Any]:
        """How far the job had come when it was last interrupted; empty at first."""
        return dict(self.job.cursor)

    def advance(
        self,
        done: int,
        *,
        total: int | None = None,
        cursor: dict[str, Any] | None = None,
        message: str | None = None,
    ) -> None:
        """Say how far the job is. Inside a transaction the cursor is committed with the work it stands for.

        Raises Cancelled or Interrupted where the job shall not go on.
        """
        job = self.job
        job.done, job.heartbeat_at = done, clock.now()
        job.total = job.total if total is None else total
        job.cursor = job.cursor if cursor is None else plain(cursor)
        job.message = job.message if message is None else message
        if _file(job.public_id, "cancel").exists():
            raise Cancelled
        if self._stopping():
            raise Interrupted
        job.save(update_fields=["done", "total", "cursor", "message", "heartbeat_at"])
        if connection.in_atomic_block:
            seen = {"done": job.done, "total": job.total, "message": job.message}
            _file(job.public_id, "json").write_text(json.dumps(seen))

    def tick(self, done: int, total: int) -> None:
        """Say how far the job is, for functions that take `(done, total)`."""
        self.advance(done, total=total)


def run_next(stopping: Callable[[], bool] = lambda: False) -> Job | None:
    """Take the next job (waiting, or left by a dead worker), do it, and return it; None where there is none."""
    for job in _open_jobs():
        with _hold(job.public_id) as held:
            if held and _claim(job):
                _work(job, stopping)
                return job
    return None


def _open_jobs() -> list[Job]:
    stale = clock.now() - STALE
    waits = Q(state=Job.State.WAITING)
    left = Q(state=Job.State.RUNNING) & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=stale))
    return list(Job.objects.filter(waits | left).filter(kind__in=list(_kinds)).order_by("id")[:20])


def _claim(job: Job) -> bool:
    """Mark the job as running; of several workers one wins, because the row must still be as it was seen."""
    seen = Job.objects.filter(pk=job.pk, state=job.state, heartbeat_at=job.heartbeat_at)
    if not seen.update(state=Job.State.RUNNING, heartbeat_at=clock.now()):
        return False
    job.refresh_from_db()
    return True


def _work(job: Job, stopping: Callable[[], bool]) -> None:
    state, message = Job.State.DONE, None
    try:
        kind_of(job).work(Running(job, stopping))
    except Cancelled:
        state, message = Job.State.CANCELLED, _("已按要求停止。已经做完的部分保留着。")
    except Interrupted:
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
        return
    except ActionError as error:
        state, message = Job.State.FAILED, error.message
    except Exception:
        logger.exception("job %s (%s) failed", job.public_id, job.kind)
        state, message = Job.State.FAILED, _("系统出错，没有做成。请把时间告诉系统管理员。")
    # What a rolled-back transaction had counted is not what is so.
    fresh = Job.objects.get(pk=job.pk)
    done = fresh.total if state == Job.State.DONE and fresh.total else fresh.done
    Job.objects.filter(pk=job.pk).update(
        state=state,
        message=fresh.message if message is None else message,
        done=done,
        cancel_asked=state == Job.State.CANCELLED,
        ended_at=clock.now(),
    )
    for ending in ("json", "cancel", "lock"):
        _file(job.public_id, ending).unlink(missing_ok=True)
    job.refresh_from_db()


def _file(public_id: UUID, ending: str) -> Path:
    folder = Path(settings.HOME) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{public_id}.{ending}"


@contextmanager
def _hold(public_id: UUID) -> Iterator[bool]:
    """Hold the job's lock file: the system releases it when the worker dies, however it dies."""
    handle = os.open(_file(public_id, "lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        yield False
        return
    try:
        yield True
    finally:
        os.close(handle)
