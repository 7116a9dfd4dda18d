"""Check-ups: once a person and campaign, a stated denominator, files that name nobody."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pydicom
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pydicom.data import get_testdata_file

from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.actions import Listed
from xiangqiao.clinic.models import Campaign, Consent
from xiangqiao.clinic.pictures import take_dicom, take_photo
from xiangqiao.clinic.tests.conftest import TODAY, World
from xiangqiao.kernel.errors import ActionError

pytestmark = pytest.mark.django_db(databases=["default", "clinic"])


def campaign_of(world: World, residents: int = 1562) -> Campaign:
    return actions.open_campaign(
        act=world.act(world.village_doctor), name="体检", begins_on=TODAY - timedelta(days=30), ends_on=TODAY,
        residents=residents, residents_source="村委会统计表", residents_on=date(2026, 10, 31),
    )  # fmt: skip


def test_a_person_is_examined_once_a_campaign_and_only_with_consent(clinic_world: World) -> None:
    campaign, act = campaign_of(clinic_world), clinic_world.act(clinic_world.village_doctor)
    patient = clinic_world.patient()
    asked = {"act": act, "campaign": campaign.public_id, "patient": patient.public_id, "on": TODAY}
    actions.examine(**asked, answers={"systolic": 128, "diastolic": 82})  # type: ignore[arg-type]
    with pytest.raises(ActionError, match="已经体检过"):
        actions.examine(**asked, answers={"systolic": 128})  # type: ignore[arg-type]
    for consent in Consent.objects.filter(patient=patient, scope="CHECKUP"):
        actions.withdraw_consent(act=act, consent=consent.public_id)
    with pytest.raises(ActionError, match="同意"):
        actions.examine(**asked, answers={"systolic": 128})  # type: ignore[arg-type]


@pytest.mark.parametrize("answers", [{}, {"systolic": 12800}, {"height": -1}])
def test_a_value_that_cannot_be_is_refused_at_its_field(
    answers: dict[str, int | str], clinic_world: World
) -> None:
    campaign, patient = campaign_of(clinic_world), clinic_world.patient()
    with pytest.raises(ActionError) as refusal:
        actions.examine(
            act=clinic_world.act(clinic_world.village_doctor), campaign=campaign.public_id,
            patient=patient.public_id, on=TODAY, answers=answers,
        )  # fmt: skip
    assert refusal.value.field


def test_a_list_from_paper_counts_against_the_stated_residents(clinic_world: World) -> None:
    campaign, act = campaign_of(clinic_world), clinic_world.act(clinic_world.village_doctor)
    rows = [Listed(f"某{n}", "F", 1950 + n % 40, TODAY - timedelta(days=n % 20)) for n in range(1053)]
    assert actions.take_over_checkups(act=act, campaign=campaign.public_id, rows=rows) == 1053
    told = queries.coverage(campaign, on=TODAY)
    assert (told.examined, told.residents, told.source) == (1053, 1562, "村委会统计表")
    with pytest.raises(ActionError):
        actions.take_over_checkups(act=act, campaign=campaign.public_id, rows=rows)


def test_a_row_outside_the_campaign_is_named_and_nothing_is_written(clinic_world: World) -> None:
    campaign, act = campaign_of(clinic_world), clinic_world.act(clinic_world.village_doctor)
    rows = [Listed("甲", "F", 1950, TODAY), Listed("乙", "F", 1950, TODAY + timedelta(days=1))]
    with pytest.raises(ActionError, match="第 2 行"):
        actions.take_over_checkups(act=act, campaign=campaign.public_id, rows=rows)
    assert not campaign.checkups.exists()


def test_a_dicom_image_loses_every_name_and_keeps_its_picture() -> None:
    path = get_testdata_file("CT_small.dcm")
    assert isinstance(path, str)
    with open(path, "rb") as file:  # noqa: PTH123 - the library's own sample
        taken = take_dicom(file.read())
    kept = pydicom.dcmread(io.BytesIO(taken.data))
    assert "PatientName" not in kept
    assert "InstitutionName" not in kept
    assert taken.facts["modality"] == "CT"
    with Image.open(io.BytesIO(taken.preview)) as picture:
        assert picture.size == (128, 128)


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff\xe0 broken jpeg"])
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    for take in (take_photo, take_dicom):
        with pytest.raises(ActionError) as refusal:
            take(data)
        assert refusal.value.field == "file"


def test_a_photo_loses_where_and_with_what_it_was_taken() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SECRET-MAKER"
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif)
    assert b"SECRET-MAKER" in out.getvalue()
    assert b"SECRET-MAKER" not in take_photo(out.getvalue()).data


def test_lists_go_on_page_by_page(clinic_world: World, client: Client) -> None:
    campaign, act = campaign_of(clinic_world), clinic_world.act(clinic_world.village_doctor)
    rows = [Listed(f"某{n}", "F", 1950, TODAY) for n in range(60)]
    actions.take_over_checkups(act=act, campaign=campaign.public_id, rows=rows)
    client.force_login(clinic_world.village_doctor, backend="django.contrib.auth.backends.ModelBackend")
    first = client.get(reverse("clinic:desk"))
    assert first.status_code == 200
    assert "practice-ribbon" not in first.content.decode(), "real work is never called practice"
    assert first.context["table"].pager.next_key
    second = client.get(reverse("clinic:desk"), {"after": first.context["table"].pager.next_key})
    assert len(second.context["table"].rows) == 10
