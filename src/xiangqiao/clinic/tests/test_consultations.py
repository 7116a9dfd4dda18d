"""What the clinic promises of consultations: consent, agreement, steps, signed opinions that nobody changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.deeds import broken_links
from xiangqiao.clinic.models import Case, Consultation, Deed, Opinion
from xiangqiao.clinic.rules import STATES, STEPS, after, verbs
from xiangqiao.clinic.signing import is_genuine
from xiangqiao.clinic.tests.conftest import NOW, World
from xiangqiao.journal.queries import timeline
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict, NotAllowed
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household

pytestmark = pytest.mark.django_db(databases=["default", "clinic"])


def test_a_consultation_goes_from_question_to_signed_opinion(clinic_world: World) -> None:
    row = clinic_world.accepted()
    hospital, village = (
        clinic_world.act(clinic_world.hospital_doctor),
        clinic_world.act(clinic_world.village_doctor),
    )
    opinion = actions.answer(act=hospital, consultation=row.public_id, text="先做胸片，两周后复查。")
    addition = actions.answer(act=hospital, consultation=row.public_id, text="补充：戒烟。")
    assert (opinion.number, addition.number) == (1, 2)
    assert is_genuine(opinion)
    closed = actions.close_consultation(act=village, consultation=row.public_id)
    assert closed.state == Consultation.State.CLOSED
    with pytest.raises(ActionError):
        actions.answer(act=hospital, consultation=row.public_id, text="太晚了")


def test_without_consent_or_agreement_nobody_is_asked(clinic_world: World) -> None:
    act = clinic_world.act(clinic_world.village_doctor)
    patient = actions.register_patient(act=act, name="赖某", sex="F", born_year=1960)
    case = clinic_world.case(patient)
    with pytest.raises(ActionError, match="同意"):
        actions.ask(act=act, case=case.public_id, hospital=clinic_world.hospital.public_id, question="？")
    with pytest.raises(ActionError, match="协议"):
        actions.ask(act=act, case=case.public_id, hospital=uuid4(), question="？")


def test_a_withdrawn_consent_closes_the_file_to_the_hospital_at_once(clinic_world: World) -> None:
    row = clinic_world.accepted()
    looking = clinic_world.viewer(clinic_world.hospital_doctor)
    assert queries.case_named(looking, row.case.public_id) == row.case
    actions.withdraw_consent(act=clinic_world.act(clinic_world.village_doctor), consent=row.consent.public_id)
    with pytest.raises(Case.DoesNotExist):
        queries.case_named(looking, row.case.public_id)
    with pytest.raises(ActionError, match="撤回"):
        actions.answer(
            act=clinic_world.act(clinic_world.hospital_doctor), consultation=row.public_id, text="意见"
        )


def test_the_hospital_sees_no_case_that_it_was_not_asked_about(clinic_world: World) -> None:
    case = clinic_world.case()
    with pytest.raises(Case.DoesNotExist):
        queries.case_named(clinic_world.viewer(clinic_world.hospital_doctor), case.public_id)


def test_an_opinion_is_never_changed_nor_deleted_and_a_forged_one_is_found(clinic_world: World) -> None:
    row = clinic_world.accepted()
    opinion = actions.answer(
        act=clinic_world.act(clinic_world.hospital_doctor), consultation=row.public_id, text="意见"
    )
    for attack in (lambda: Opinion.objects.filter(pk=opinion.pk).update(by_name="别人"), opinion.delete):
        with pytest.raises(DatabaseError), transaction.atomic(using="clinic"):
            attack()
    opinion.seal("text", "别的意见")
    assert not is_genuine(opinion)


def test_the_log_is_a_chain_and_tampering_is_found(clinic_world: World) -> None:
    clinic_world.accepted()
    assert broken_links() == []
    table = connections["clinic"]
    drop = "DROP TRIGGER clinic_deed_no_update" + (" ON clinic_deed" if table.vendor == "postgresql" else "")
    with table.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute("UPDATE clinic_deed SET kind = 'nothing' WHERE id = (SELECT min(id) FROM clinic_deed)")
    assert len(broken_links()) == 1


def test_pressing_twice_is_once(clinic_world: World) -> None:
    row, key = clinic_world.asked(), uuid4()
    by = clinic_world.act(clinic_world.hospital_doctor)
    act = Act(by=by.by, at=by.at, key=key)
    actions.accept(act=act, consultation=row.public_id)
    actions.answer(act=by, consultation=row.public_id, text="一次")
    with pytest.raises(AlreadyDone):
        actions.answer(act=act, consultation=row.public_id, text="两次")
    assert row.opinions.count() == 1


def test_who_saw_an_older_state_is_told(clinic_world: World) -> None:
    row = clinic_world.asked()
    act = clinic_world.act(clinic_world.hospital_doctor)
    with pytest.raises(Conflict):
        actions.accept(act=act, consultation=row.public_id, version=row.version + 1)


@pytest.mark.parametrize("role", ["COUNTY_OFFICE", "CADRE", "HEALTH_OFFICE", "AUDITOR", "SYSTEM_ADMIN"])
def test_no_other_post_reads_or_writes(role: str, clinic_world: World, person_in_post: Any) -> None:
    row = clinic_world.accepted()
    person = person_in_post(role, "360730000000", username=f"other-{role.lower()}")
    viewer = clinic_world.viewer(person)
    assert not queries.patients(viewer).exists()
    assert not queries.consultations(viewer).exists()
    with pytest.raises(Case.DoesNotExist):
        queries.case_named(viewer, row.case.public_id)
    with pytest.raises(NotAllowed):
        actions.open_case(act=Act(by=viewer, at=NOW), patient=row.case.patient.public_id, complaint="x")


def test_an_appointment_tells_the_household_the_day_and_nothing_else(
    clinic_world: World, django_capture_on_commit_callbacks: Any
) -> None:
    home = Household.objects.create(household_no="H1", division_code="360730102201", head_name="温水生")
    row = clinic_world.accepted()
    row.case.patient.household = home.public_id
    row.case.patient.save()
    with django_capture_on_commit_callbacks(using="clinic", execute=True):
        actions.appoint(
            act=clinic_world.act(clinic_world.hospital_doctor),
            consultation=row.public_id,
            at=NOW + timedelta(days=4),
        )
    told = [line.what for line in timeline(SystemViewer("测试"), home.public_id, now=NOW)]
    assert told == ["预约：2026-11-24 到村卫生室"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted({verb for _s, verb in STEPS})), st.sampled_from(["clinic", "hospital"])
        )
    )
)
def test_no_order_of_steps_leaves_the_table_or_reopens_an_end(steps: list[tuple[str, str]]) -> None:
    state = "ASKED"
    for verb, side in steps:
        to = after(state, verb, side)  # type: ignore[arg-type]
        if state in {"CLOSED", "DECLINED", "WITHDRAWN"}:
            assert to is None
        if to is not None:
            assert verb in verbs(state, side)  # type: ignore[arg-type]
            state = to
        assert state in STATES


def test_every_act_leaves_one_entry_without_health_text(clinic_world: World) -> None:
    case = clinic_world.case(complaint="金丝雀词")
    assert Deed.objects.filter(kind="case_opened", subject=case.public_id).count() == 1
    assert not [row for row in Deed.objects.values() if "金丝雀" in str(row)]
