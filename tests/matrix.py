"""Samples for the access matrix: for each address, an object to open it with, and how to ask.

Whoever adds an address adds a line to SAMPLES here; an address without one fails `test_access_matrix.py`.

- An address without parameters: `"users": Sample()`.
- An address of an object that lies in a village: `"household": Sample(at_household, scoped=True)`. It is then asked for
  an object in the post's own village, in a sibling village and in another township, and must answer 404 outside.
- A page that takes only POST: `Sample(method="post", data={...})`. Data that the form refuses (422) counts as let in.
- A view that demands a further act inside: `Sample(needs=Can.EXPORT)`.
- An object that belongs to one person: `Sample(own_job, only=frozenset({Role.SYSTEM_ADMIN}))`: 404 for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.matrix_clinic import samples as clinic_samples
from tests.matrix_commerce import samples as commerce_samples
from tests.matrix_coverage import samples as coverage_samples
from tests.matrix_giving import samples as giving_samples
from tests.matrix_journal import samples as journal_samples
from tests.matrix_learning import samples as learning_samples
from tests.matrix_services import samples as services_samples
from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import OF_A_TOWNSHIP, OF_A_VILLAGE, Can, Role
from xiangqiao.kernel import clock
from xiangqiao.kernel.models import Job

COUNTY, TOWNSHIP = "360730000000", "360730102000"
VILLAGES = {"own": "360730102201", "sibling": "360730102202", "other township": "360730103201"}
# Where each post of the matrix is held.
SEATS: dict[Role, str] = {
    role: VILLAGES["own"] if role in OF_A_VILLAGE else TOWNSHIP if role in OF_A_TOWNSHIP else COUNTY
    for role in Role
}


@dataclass
class World:
    """A small county: one object of each kind in each village, made when first asked for."""

    person: User
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def once(self, what: str, village: str, make: Callable[[], Any]) -> Any:
        """Return the object of a kind in a village, made once."""
        key = (what, village)
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def household(self, village: str) -> Any:
        """Return the household of a village."""
        from xiangqiao.people.models import Household

        return self.once(
            "household",
            village,
            lambda: Household.objects.create(
                household_no=f"H{village}", division_code=village, head_name="某户"
            ),
        )

    def proposal(self, village: str) -> Any:
        """Return the proposal of a village: a household, and a cadre whose unit is ordered there."""
        from xiangqiao.pairing.models import Cadre, Proposal, Run, Unit, UnitOrder

        def make() -> Any:
            unit = Unit.objects.create(name=f"单位{village}")
            UnitOrder.objects.create(unit=unit, division_code=village)
            cadre = Cadre.objects.create(name="某干部", unit=unit, capacity=5)
            today = clock.today()
            run = Run.objects.create(
                division_code=village,
                as_of=today,
                at=clock.now(),
                objective=0,
                optimal=True,
                certificate={"zh": "", "en": ""},
                counts={"paired": 1, "unpaired": 0, "moved": 0, "kept": 0},
            )
            home = self.household(village).public_id
            return Proposal.objects.create(run=run, household=home, division_code=village, cadre=cadre)

        return self.once("proposal", village, make)

    def change(self, village: str, kind: str, state: str, step: str) -> Any:
        """Return a change of a kind in a village."""
        from xiangqiao.people.models import ChangeRequest

        return self.once(
            f"change {kind}",
            village,
            lambda: ChangeRequest.objects.create(
                household=self.household(village), division_code=village, kind=kind, state=state, step=step,
                payload={"data": {}, "sealed": {}, "differences": [], "versions": {}},
                asked_by=uuid4(), asked_label="某人", asked_at=clock.now(),
            ),
        )  # fmt: skip

    def batch(self, village: str) -> Any:
        """Return the checked import of a village, of one small file."""
        from tempfile import TemporaryDirectory

        from xiangqiao.people.intake.staging import keep_file
        from xiangqiao.people.models import Batch

        def make() -> Any:
            with TemporaryDirectory() as folder:
                path = Path(folder) / "农户.csv"
                path.write_text("户编号,户主姓名\nH1,某户\n", encoding="utf-8")
                files = [keep_file(path)]
            return Batch.objects.create(
                division_code=village,
                source="测试",
                year=2026,
                files=files,
                state=Batch.State.CHECKED,
                started_label="测试",
                started_at=clock.now(),
            )

        return self.once("batch", village, make)

    @cached_property
    def job(self) -> Job:
        """Return a job that none of the matrix's people started."""
        return Job.objects.create(kind="matrix.job", owner=uuid4(), created_at=clock.now())


Kwargs = Callable[[World, str], Mapping[str, Any]]


def _nothing(_world: World, _village: str) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Sample:
    """How to ask for an address. See the head of this file."""

    kwargs: Kwargs = _nothing
    scoped: bool = False
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    needs: Can | None = None
    only: frozenset[Role] | None = None


def at_person(world: World, _village: str) -> Mapping[str, Any]:
    """Name the sample person."""
    return {"user_id": world.person.public_id}


def at_post(world: World, _village: str) -> Mapping[str, Any]:
    """Name the sample person's post."""
    return {"user_id": world.person.public_id, "post_id": world.person.posts.get().public_id}


def at_job(world: World, _village: str) -> Mapping[str, Any]:
    """Name the sample job."""
    return {"job_id": world.job.public_id}


def at_household(world: World, village: str) -> Mapping[str, Any]:
    """Name the household of a village as `household_id`."""
    return {"household_id": world.household(village).public_id}


def at_kind(world: World, village: str) -> Mapping[str, Any]:
    """Name the household of a village and a kind of change."""
    return {**at_household(world, village), "kind": "phone"}


def at_change(world: World, village: str) -> Mapping[str, Any]:
    """Name a change of a village that waits for the township."""
    return {"change_id": world.change(village, "BANK_CARD", "SUBMITTED", "TOWNSHIP").public_id}


def at_applied(world: World, village: str) -> Mapping[str, Any]:
    """Name an applied change of a village that its clerks may undo."""
    return {"change_id": world.change(village, "PHONE", "APPLIED", "").public_id}


def at_batch(world: World, village: str) -> Mapping[str, Any]:
    """Name the import of a village."""
    return {"public_id": world.batch(village).public_id}


def at_file(world: World, village: str) -> Mapping[str, Any]:
    """Name the only file of the import of a village."""
    return {"public_id": world.batch(village).public_id, "number": 0}


def at_question(world: World, village: str) -> Mapping[str, Any]:
    """Name an open question about the household of a village."""
    from xiangqiao.people.models import Question

    home = world.household(village)
    question = Question.objects.create(
        batch=world.batch(village),
        division_code=village,
        household=home.public_id,
        subject_kind="people.household",
        subject=home.public_id,
        attribute="cause_main",
        present="SKILL",
        offered="ILLNESS",
        why="VERIFIED",
    )
    return {"public_id": question.public_id}


def at_run(world: World, village: str) -> Mapping[str, Any]:
    """Name the pairing run of a village."""
    return {"run_id": world.proposal(village).run.public_id}


def at_proposal(world: World, village: str) -> Mapping[str, Any]:
    """Name the pairing proposal of a village."""
    return {"proposal_id": world.proposal(village).public_id}


def at_cadre(world: World, village: str) -> Mapping[str, Any]:
    """Name the cadre who may help in a village."""
    return {"cadre_id": world.proposal(village).cadre.public_id}


def at_public_household(world: World, village: str) -> Mapping[str, Any]:
    """Name the household of a village as `public_id`."""
    return {"public_id": world.household(village).public_id}


def at_place(world: World, village: str) -> Mapping[str, Any]:
    """Name a village by its code."""
    from xiangqiao.places.models import Division, Level

    world.once(
        "place",
        village,
        lambda: Division.objects.create(
            code=village, name="某村", level=Level.VILLAGE, parent_code=f"{village[:9]}000"
        ),
    )
    return {"code": village}


def at_view(_world: World, _village: str) -> Mapping[str, Any]:
    """Name a saved view that none of the matrix's people owns."""
    return {"view_id": uuid4()}


SYSTEM_ONLY = frozenset({Role.SYSTEM_ADMIN})
SAMPLES: dict[str, Sample] = {
    # config
    "health": Sample(),
    # accounts
    "sign_in": Sample(),
    "sign_in_code": Sample(),
    "sign_out": Sample(method="post"),
    "set_language": Sample(method="post", data={"language": "en"}),
    "elder": Sample(method="post"),
    "own": Sample(),
    "own_password": Sample(),
    "own_second_factor": Sample(),
    "end_session": Sample(lambda _world, _village: {"sign_in_id": 1}, method="post"),
    "end_other_sessions": Sample(method="post"),
    "users": Sample(),
    "new_user": Sample(),
    "user": Sample(at_person),
    "give_post": Sample(at_person, method="post"),
    "end_post": Sample(at_post, method="post"),
    "reset_password": Sample(at_person, method="post"),
    "reset_second_factor": Sample(at_person, method="post"),
    "rename_user": Sample(at_person, method="post", data={"name": "某人"}),
    "deactivate_user": Sample(at_person, method="post"),
    "reactivate_user": Sample(at_person, method="post"),
    "job": Sample(at_job, only=SYSTEM_ONLY),
    "cancel_job": Sample(at_job, method="post", only=SYSTEM_ONLY),
    # people: import
    "people:batches": Sample(),
    "people:upload": Sample(method="post"),
    "people:batch": Sample(at_batch, scoped=True),
    "people:columns": Sample(at_batch, scoped=True),
    "people:apply_batch": Sample(at_batch, scoped=True, method="post"),
    "people:undo_batch": Sample(at_batch, scoped=True, method="post"),
    "people:discard_batch": Sample(at_batch, scoped=True, method="post"),
    "people:marked": Sample(at_file, scoped=True),
    "people:problems": Sample(),
    "people:settle_problems": Sample(method="post"),
    "people:questions": Sample(),
    "people:settle_question": Sample(at_question, scoped=True, method="post"),
    # people: changes
    "people:register_household": Sample(),
    "people:choose_change": Sample(at_household, scoped=True),
    "people:ask_change": Sample(at_kind, scoped=True),
    "people:reveal": Sample(
        at_household, scoped=True, method="post", data={"number": "phone", "reason": "核对"}
    ),
    "people:changes": Sample(),
    "people:change": Sample(at_change, scoped=True),
    "people:decide_change": Sample(at_change, scoped=True, method="post", needs=Can.APPROVE_TOWNSHIP),
    "people:undo_change": Sample(at_applied, scoped=True, method="post", needs=Can.REQUEST_CHANGE),
    # pairing
    "pairing:desk": Sample(),
    "pairing:compute": Sample(method="post"),
    "pairing:run": Sample(at_run, scoped=True),
    "pairing:accept_picked": Sample(at_run, scoped=True, method="post"),
    "pairing:proposal": Sample(at_proposal, scoped=True),
    "pairing:accept": Sample(at_proposal, scoped=True, method="post"),
    "pairing:change": Sample(at_proposal, scoped=True, method="post"),
    "pairing:reject": Sample(at_proposal, scoped=True, method="post"),
    "pairing:cadres": Sample(),
    "pairing:cadre": Sample(at_cadre, scoped=True),
    "pairing:end_pair": Sample(at_cadre, scoped=True, method="post"),
    "pairing:link": Sample(at_cadre, scoped=True, method="post", data={"username": "nobody-by-this-name"}),
    "pairing:relative": Sample(at_cadre, scoped=True, method="post"),
    "pairing:leave": Sample(at_cadre, scoped=True, method="post"),
    "pairing:units": Sample(),
    # desk
    "desk:home": Sample(),
    "desk:place": Sample(at_place, scoped=True),
    "desk:search": Sample(),
    "desk:households": Sample(),
    "desk:export": Sample(lambda _world, _village: {"kind": "csv"}),
    "desk:export_picked": Sample(lambda _world, _village: {"kind": "csv"}, method="post"),
    "desk:keep_view": Sample(method="post", data={"name": "我的户"}),
    "desk:drop_view": Sample(at_view, method="post", only=frozenset()),
    "desk:cards": Sample(method="post"),
    "desk:finished_cards": Sample(at_job, only=frozenset()),
    "desk:household": Sample(at_public_household, scoped=True),
    "desk:claim": Sample(
        at_public_household,
        scoped=True,
        method="post",
        data={"policy": "basic-pension", "state": "APPLIED"},
    ),
    "desk:card": Sample(at_public_household, scoped=True),
    "desk:practice": Sample(),
    "desk:begin_again": Sample(method="post"),
    "desk:rehearse": Sample(lambda _world, _village: {"inner": "households/"}),
    # policy
    "policy:policies": Sample(),
    "policy:policy": Sample(lambda _world, _village: {"policy_id": "basic-pension"}),
    "policy:screen": Sample(method="post"),
    # site
    "site:home": Sample(),
    "site:mission": Sample(),
    "site:statistics": Sample(),
    "site:statistics_file": Sample(lambda _world, _village: {"key": "visits"}),
    # clinic
    **clinic_samples(Sample),
    # giving
    **giving_samples(Sample),
    # learning
    **learning_samples(Sample),
    # coverage
    **coverage_samples(Sample),
    # journal
    **journal_samples(Sample, at_household),
    # services
    **services_samples(Sample),
    # commerce
    **commerce_samples(Sample),
}
