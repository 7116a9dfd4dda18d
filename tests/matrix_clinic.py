"""Samples of the clinic's addresses for the access matrix: one consultation, seen by its two doctors and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from xiangqiao.accounts.models import Post
from xiangqiao.accounts.rules import Role
from xiangqiao.kernel import clock

if TYPE_CHECKING:
    from tests.matrix import Sample, World

VILLAGE_ONLY = frozenset({Role.VILLAGE_DOCTOR})
HOSPITAL_ONLY = frozenset({Role.HOSPITAL_DOCTOR})
BOTH = VILLAGE_ONLY | HOSPITAL_ONLY


def ward(world: World, village: str) -> dict[str, Any]:
    """Return the clinic with a doctor, the hospital with a doctor, a patient, a case and a consultation under way."""

    def make() -> dict[str, Any]:
        from xiangqiao.clinic import models
        from xiangqiao.clinic.keys import ring

        ring.create()
        clinic = models.Institution.objects.create(kind="CLINIC", name="某村卫生室", division_code=village)
        hospital = models.Institution.objects.create(kind="HOSPITAL", name="某医院", grade="2A")
        today, days = clock.today(), {"valid_from": date(2016, 1, 1), "valid_to": date(2099, 1, 1)}
        agreement = models.Agreement.objects.create(clinic=clinic, hospital=hospital, number="1", **days)
        doctors = {}
        for role, place in ((Role.VILLAGE_DOCTOR, clinic), (Role.HOSPITAL_DOCTOR, hospital)):
            for post in Post.objects.filter(role=role):
                doctors[role] = post.user.public_id
                models.Practice.objects.get_or_create(
                    user=post.user.public_id,
                    defaults={"institution": place, "name": "医生", "valid_from": today},
                )
        patient = models.Patient(
            clinic=clinic, division_code=village, sex="M", born_year=1957, registered_at=clock.now()
        )
        patient.seal("name", "某人")
        patient.save()
        consent = models.Consent.objects.create(
            patient=patient, scope="CONSULT", how="SIGNED", given_on=today, valid_to=today + timedelta(days=9)
        )
        case = models.Case(patient=patient, opened_at=clock.now(), opened_by=patient.public_id)
        case.seal("complaint", "主诉")
        case.save()
        consultation = models.Consultation(
            case=case, hospital=hospital, agreement=agreement, consent=consent, asked_at=clock.now(),
            asked_by=patient.public_id, state="ACCEPTED", accepted_by=doctors.get(Role.HOSPITAL_DOCTOR),
        )  # fmt: skip
        consultation.seal("question", "问题")
        consultation.save()
        return {"patient": patient, "consent": consent, "case": case, "consultation": consultation}

    found: dict[str, Any] = world.once("ward", village, make)
    return found


def more(world: World, village: str) -> dict[str, Any]:
    """Return what else lies there: a campaign, a follow-up, a photo."""

    def make() -> dict[str, Any]:
        from xiangqiao.clinic import models
        from xiangqiao.clinic.vaulted import keep

        here, today = ward(world, village), clock.today()
        campaign = models.Campaign.objects.create(
            clinic=here["patient"].clinic, division_code=village, name="体检", begins_on=today, ends_on=today,
            residents=1562, residents_source="村委会", residents_on=today,
        )  # fmt: skip
        followup = models.FollowUp(patient=here["patient"], due_on=today, made_at=clock.now())
        followup.seal("why", "复查")
        followup.save()
        digest = keep(b"picture")
        photo = models.Attachment.objects.create(
            case=here["case"], kind="PHOTO", at=clock.now(), by=here["patient"].public_id, digest=digest,
            preview_digest=digest,
        )  # fmt: skip
        return {"campaign": campaign, "followup": followup, "photo": photo}

    found: dict[str, Any] = world.once("more ward", village, make)
    return found


def _at(**names: str) -> Callable[[World, str], Mapping[str, Any]]:
    def kwargs(world: World, village: str) -> Mapping[str, Any]:
        here = ward(world, village) | more(world, village)
        return {name: here[what].public_id for name, what in names.items()}

    return kwargs


def _step(verb: str) -> Callable[[World, str], Mapping[str, Any]]:
    return lambda world, village: {
        "consultation_id": ward(world, village)["consultation"].public_id,
        "verb": verb,
    }


def samples(sample: type[Sample]) -> dict[str, Sample]:
    """Return the samples of every address of the clinic."""
    patient, case = _at(patient_id="patient"), _at(case_id="case")
    consultation = _at(consultation_id="consultation")

    def post(kwargs: Any, only: frozenset[Role], **data: str) -> Sample:
        return sample(kwargs, method="post", only=only, data=data)

    return {
        "clinic:desk": sample(),
        "clinic:queue": sample(),
        "clinic:new_patient": sample(),
        "clinic:patient": sample(patient, only=VILLAGE_ONLY),
        "clinic:consent": post(patient, VILLAGE_ONLY),
        "clinic:withdraw_consent": post(_at(patient_id="patient", consent_id="consent"), VILLAGE_ONLY),
        "clinic:open_case": post(patient, VILLAGE_ONLY),
        "clinic:plan_followup": post(patient, VILLAGE_ONLY),
        "clinic:finish_followup": post(
            _at(patient_id="patient", followup_id="followup"), VILLAGE_ONLY, text="好"
        ),
        "clinic:case": sample(case, only=BOTH),
        "clinic:add_note": post(case, VILLAGE_ONLY),
        "clinic:attach": post(case, VILLAGE_ONLY),
        "clinic:ask": post(case, VILLAGE_ONLY),
        "clinic:close_case": post(case, VILLAGE_ONLY),
        "clinic:file": sample(lambda w, v: {**_at(attachment_id="photo")(w, v), "form": "shown"}, only=BOTH),
        "clinic:consultation": sample(consultation, only=BOTH),
        "clinic:step": post(_step("answer"), HOSPITAL_ONLY),
        "clinic:call": sample(consultation, only=BOTH),
        "clinic:signals": sample(consultation, only=BOTH),
        "clinic:campaigns": sample(),
        "clinic:campaign": sample(_at(campaign_id="campaign"), only=VILLAGE_ONLY),
        "clinic:manage": sample(),
        "clinic:add": sample(lambda _w, _v: {"what": "institution"}, method="post"),
    }
