"""Many hands at once, on SQLite and on PostgreSQL: what must happen once happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from xiangqiao.accounts import second_factor
from xiangqiao.accounts.actions.posts import give_post
from xiangqiao.accounts.actions.sign_in import accept_code, enrol_second_factor
from xiangqiao.accounts.actions.users import create_user, rename_user
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.models import Post, User, Viewing
from xiangqiao.accounts.rules import Role
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel import audit, clock, jobs
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.models import Event, Job, SealedEvent
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.seal import seal_pending

HANDS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def act(**extra: Any) -> Act:
    return Act(by=SystemViewer("测试"), at=clock.now(), **extra)


def together(do: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads at the same moment; return results, refusals included."""
    barrier = Barrier(HANDS)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return do(number)
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


@pytest.fixture(autouse=True)
def _keys(transactional_db: None) -> None:
    create_keys()


def test_the_same_key_makes_one_person() -> None:
    key: UUID = new_id()
    results = together(lambda _n: create_user(act=act(key=key), username="li", name="李"))
    assert User.objects.filter(username="li").count() == 1
    assert sum(isinstance(result, AlreadyDone) for result in results) == HANDS - 1


def test_the_same_name_is_taken_by_one() -> None:
    results = together(lambda n: create_user(act=act(), username="li", name=f"李{n}"))
    assert sum(isinstance(result, ActionError) for result in results) == HANDS - 1
    assert Event.objects.filter(kind="accounts.user_created").count() == 1


def test_a_person_never_becomes_two_administrators() -> None:
    user = create_user(act=act(), username="wu", name="吴").user
    roles = [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN] * 2
    today = clock.today()
    together(
        lambda n: give_post(
            act=act(), user=user, role=roles[n], division_code="360730000000", valid_from=today
        )
    )
    assert Post.objects.filter(user=user).count() == 1


def test_of_many_who_edit_what_they_saw_one_wins() -> None:
    create_user(act=act(), username="wu", name="吴")
    results = together(
        lambda n: rename_user(act=act(), user=User.objects.get(username="wu"), name=f"吴{n}", version=1)
    )
    assert sum(result is True for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == HANDS - 1


def test_a_code_opens_one_door() -> None:
    user = create_user(act=act(), username="wu", name="吴").user
    secret, now = second_factor.new_secret(), clock.now()
    enrol_second_factor(act=act(), user=user, secret=secret)
    code = second_factor.code_at(secret, now)
    results = together(lambda _n: accept_code(user=User.objects.get(pk=user.pk), code=code, now=now))
    assert results.count(True) == 1


def test_looks_are_counted_and_never_lost() -> None:
    user = create_user(act=act(), username="wu", name="吴").user
    viewer, now = Viewer.of(user, clock.today()), clock.now()
    subjects = [new_id() for _ in range(20)]
    together(lambda _n: note_viewing(viewer, subjects, now=now))
    assert set(Viewing.objects.values_list("times", flat=True)) == {HANDS}
    assert Viewing.objects.count() == 20


def test_sealers_beside_one_another_and_beside_writers_make_one_chain() -> None:
    def hand(number: int) -> None:
        for turn in range(4):
            create_user(act=act(), username=f"u{number}-{turn}", name="某")
            seal_pending(clock.now())

    assert [result for result in together(hand) if result is not None] == []
    seal_pending(clock.now())
    report = audit.verify()
    assert (report.is_clean, report.waiting, report.events) == (True, 0, HANDS * 4)
    assert SealedEvent.objects.count() == Event.objects.count()


def test_each_job_is_done_once_by_several_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[UUID] = []
    kind = jobs.Kind("试", lambda run: done.append(run.job.public_id), lambda _job: "")
    monkeypatch.setitem(jobs._kinds, "test.once", kind)
    for _ in range(10):
        jobs.start("test.once", owner=None)

    def worker(_number: int) -> None:
        while jobs.run_next() is not None:
            pass

    together(worker)
    jobs_left = Job.objects.exclude(state=Job.State.DONE)
    while jobs_left.exists():
        jobs.run_next()
    assert len(done) == len(set(done)) == 10


def test_a_job_left_by_a_dead_worker_goes_on_from_its_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def work(run: jobs.Running) -> None:
        for row in range(run.cursor.get("row", 0), 5):
            seen.append(row)
            run.advance(row + 1, total=5, cursor={"row": row + 1})
            if row == 2 and len(seen) == 3:
                raise SystemExit  # the worker dies here, as by kill -9: nothing is written after it

    monkeypatch.setitem(jobs._kinds, "test.resumed", jobs.Kind("试", work, lambda _job: ""))
    job = jobs.start("test.resumed", owner=None)
    with pytest.raises(SystemExit):
        jobs.run_next()
    assert jobs.run_next() is None
    Job.objects.update(heartbeat_at=clock.now() - timedelta(minutes=2))
    assert jobs.run_next() is not None
    job.refresh_from_db()
    assert seen == [0, 1, 2, 3, 4]
    assert (job.state, job.done, job.total) == (Job.State.DONE, 5, 5)


def test_a_job_stops_when_asked_and_says_why_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(run: jobs.Running) -> None:
        jobs.cancel(run.job)
        run.advance(1)

    def refused(_run: jobs.Running) -> None:
        raise ActionError("x", "第 3 行的村不存在。")

    for name, work in (("test.stopped", stopped), ("test.refused", refused)):
        monkeypatch.setitem(jobs._kinds, name, jobs.Kind("试", work, lambda _job: ""))
    first, second = jobs.start("test.stopped", owner=None), jobs.start("test.refused", owner=None)
    third = jobs.start("test.stopped", owner=None)
    jobs.cancel(third)
    while jobs.run_next() is not None:
        pass
    states = [Job.objects.get(pk=job.pk).state for job in (first, second, third)]
    assert states == [Job.State.CANCELLED, Job.State.FAILED, Job.State.CANCELLED]
    assert Job.objects.get(pk=second.pk).message == "第 3 行的村不存在。"


def test_progress_inside_an_open_transaction_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import transaction

    glimpses: list[int] = []

    def work(run: jobs.Running) -> None:
        with transaction.atomic():
            run.advance(7, total=10)
            fresh = jobs.present(run.job.public_id)
            glimpses.append(fresh.done if fresh else -1)

    monkeypatch.setitem(jobs._kinds, "test.seen", jobs.Kind("试", work, lambda _job: ""))
    jobs.start("test.seen", owner=None)
    jobs.run_next()
    assert glimpses == [7]
