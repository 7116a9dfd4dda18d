"""Words that stand for illness are planted in every health field; outside the two doctors' pages nobody ever finds one."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.matrix import SAMPLES, SEATS, VILLAGES, World
from tests.test_access_matrix import _kind
from xiangqiao.accounts.rules import Role
from xiangqiao.clinic import actions
from xiangqiao.clinic.tests.conftest import NOW, TODAY, clinic_world
from xiangqiao.clinic.tests.conftest import World as ClinicWorld
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.models import Household

__all__ = ["_kind", "clinic_world"]
pytestmark = pytest.mark.django_db(databases=["default", "clinic"])
CANARY = "金丝雀"
OUTSIDERS = (
    Role.COUNTY_OFFICE,
    Role.VILLAGE_CLERK,
    Role.HEALTH_OFFICE,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
    Role.MEMBER,
)


def word(number: int) -> str:
    """Return a canary of its own for each field."""
    return f"{CANARY}{number:02d}号病"


@pytest.fixture
def planted(clinic_world: ClinicWorld, django_capture_on_commit_callbacks: Any) -> ClinicWorld:
    """Plant a canary in every text about health, by the doctors' own acts, and let everything be told that is told."""
    world = clinic_world
    village, hospital = world.act(world.village_doctor), world.act(world.hospital_doctor)
    with django_capture_on_commit_callbacks(using="clinic", execute=True):
        home = Household.objects.create(household_no="H1", division_code=VILLAGES["own"], head_name="温水生")
        patient = world.patient()
        patient.household = home.public_id
        patient.save()
        case = world.case(patient, complaint=word(1))
        actions.add_note(act=village, case=case.public_id, text=word(2))
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, "PNG")
        actions.attach(act=village, case=case.public_id, kind="PHOTO", data=out.getvalue())
        declined = world.asked(case, question=word(3))
        actions.decline(act=hospital, consultation=declined.public_id, reason=word(4))
        row = world.asked(case, question=word(5))
        actions.accept(act=hospital, consultation=row.public_id)
        actions.appoint(act=hospital, consultation=row.public_id, at=NOW + timedelta(days=1))
        actions.answer(act=hospital, consultation=row.public_id, text=word(6))
        campaign = actions.open_campaign(
            act=village, name="体检", begins_on=TODAY, ends_on=TODAY, residents=10, residents_source="村委会",
            residents_on=TODAY,
        )  # fmt: skip
        actions.examine(
            act=village,
            campaign=campaign.public_id,
            patient=patient.public_id,
            on=TODAY,
            answers={"advice": word(7)},
        )
        due = actions.plan_followup(
            act=village, patient=patient.public_id, due_on=TODAY + timedelta(days=9), why=word(8)
        )
        actions.finish_followup(act=village, followup=due.public_id, result=word(9))
        with pytest.raises(ActionError):
            actions.ask(act=village, case=case.public_id, hospital=patient.public_id, question=word(10))
    return world


def every_cell() -> Iterator[tuple[str, bytes]]:
    """Yield every value of every table of both databases, as bytes."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
                yield model._meta.label, raw


def test_no_table_no_file_and_no_log_line_holds_a_word_about_health_in_clear(
    planted: ClinicWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert [label for label, value in every_cell() if CANARY.encode() in value] == []
    files = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in caplog.text


def test_the_doctors_themselves_read_every_word(planted: ClinicWorld) -> None:
    client = Client()
    client.force_login(planted.hospital_doctor, backend="django.contrib.auth.backends.ModelBackend")
    from xiangqiao.clinic.models import Consultation

    row = Consultation.objects.get(state="ANSWERED")
    text = client.get(reverse("clinic:consultation", args=[row.public_id])).content.decode()
    assert all(word(number) in text for number in (1, 2, 5, 6))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_page_of_anybody_else_shows_one(role: Role, planted: ClinicWorld, person_in_post: Any) -> None:
    client, world = Client(), World(person_in_post("VILLAGE_CLERK", VILLAGES["own"], username="sample"))
    client.force_login(
        person_in_post(role, SEATS[role], username=f"canary-{role.lower()}"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    shown = []
    for name, sample in SAMPLES.items():
        if sample.method != "get":
            continue
        answer = client.get(reverse(name, kwargs=dict(sample.kwargs(world, VILLAGES["own"]))), {"q": CANARY})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        # What the visitor searched for is the visitor's own word; the numbered canaries are not.
        if "号病".encode() in body:
            shown.append(name)
    assert shown == []
