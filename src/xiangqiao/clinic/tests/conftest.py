"""A village clinic, a hospital with an agreement, a doctor at each, a patient who agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.clinic import actions
from xiangqiao.clinic.keys import ring
from xiangqiao.clinic.models import Case, Institution, Patient
from xiangqiao.kernel.record import Act

COUNTY, VILLAGE, OTHER_VILLAGE = "360730000000", "360730102201", "360730102202"
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class World:
    """Who is at the clinic and the hospital."""

    village_doctor: User
    hospital_doctor: User
    office: User
    clinic: Institution
    hospital: Institution

    def act(self, who: User, at: datetime = NOW) -> Act:
        """Return an act by one of them."""
        return Act(by=Viewer.of(who, TODAY), at=at)

    def viewer(self, who: User) -> Viewer:
        """Return one of them as who is looking."""
        return Viewer.of(who, TODAY)

    def patient(self, name: str = "温水生", **more: Any) -> Patient:
        """Register a patient who agreed to both."""
        act = self.act(self.village_doctor)
        facts = {"sex": "M", "born_year": 1957, **more}
        row = actions.register_patient(act=act, name=name, **facts)
        for scope in ("CONSULT", "CHECKUP"):
            actions.give_consent(
                act=act, patient=row.public_id, scope=scope, how="SIGNED", given_on=TODAY,
                valid_to=TODAY + timedelta(days=365),
            )  # fmt: skip
        return row

    def case(self, patient: Patient | None = None, complaint: str = "咳嗽三周") -> Case:
        """Open a case file."""
        patient = patient or self.patient()
        return actions.open_case(
            act=self.act(self.village_doctor), patient=patient.public_id, complaint=complaint
        )

    def asked(self, case: Case | None = None, question: str = "要不要转院？") -> Any:
        """Ask the hospital about a case."""
        case = case or self.case()
        act = self.act(self.village_doctor)
        return actions.ask(act=act, case=case.public_id, hospital=self.hospital.public_id, question=question)

    def accepted(self) -> Any:
        """Return a consultation that the hospital's doctor took on."""
        row = self.asked()
        return actions.accept(act=self.act(self.hospital_doctor), consultation=row.public_id)


@pytest.fixture
def clinic_world(county: None, person_in_post: Callable[..., Any]) -> World:
    """The clinic with its keys, an agreement and two doctors."""
    ring.create()
    office = person_in_post("HEALTH_OFFICE", COUNTY, username="weijian")
    act = Act(by=Viewer.of(office, TODAY), at=NOW)
    clinic = actions.add_institution(act=act, kind="CLINIC", name="大树下村卫生室", division_code=VILLAGE)
    hospital = actions.add_institution(act=act, kind="HOSPITAL", name="县人民医院", grade="2A")
    actions.add_agreement(
        act=act,
        clinic=clinic,
        hospital=hospital,
        number="协议1",
        valid_from=date(2016, 1, 1),
        valid_to=date(2030, 1, 1),
    )
    doctors = {}
    for role, where, place in (("VILLAGE_DOCTOR", clinic, VILLAGE), ("HOSPITAL_DOCTOR", hospital, COUNTY)):
        user = doctors[role] = person_in_post(role, place, username=role.lower())
        actions.employ(
            act=act,
            institution=where,
            user=user.public_id,
            name=user.name,
            title="",
            valid_from=date(2016, 1, 1),
        )
    return World(doctors["VILLAGE_DOCTOR"], doctors["HOSPITAL_DOCTOR"], office, clinic, hospital)
