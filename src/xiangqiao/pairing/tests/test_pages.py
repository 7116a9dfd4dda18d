"""What the pages of pairing show and do, in both languages, with few questions to the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.actions import accept_all, propose
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run
from xiangqiao.pairing.tests.conftest import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from xiangqiao.people.models import Household

pytestmark = pytest.mark.django_db
SYSTEM = SystemViewer("测试")


@pytest.fixture
def run(small_county: list[Household]) -> Run:
    now = clock.now()
    act = Act(by=SYSTEM, at=now)
    return propose(act=act, viewer=SYSTEM, division_code=COUNTY, as_of=clock.day_of(now))


@pytest.fixture
def office(signed_in: Callable[..., Any]) -> Any:
    return signed_in("COUNTY_OFFICE", COUNTY)


def accept(run: Run) -> None:
    accept_all(act=Act(by=SYSTEM, at=clock.now()), viewer=SYSTEM, run=run)


def addresses(run: Run) -> dict[str, str]:
    row = run.proposals.filter(state=Proposal.State.OPEN)[0]
    return {
        "desk": reverse("pairing:desk"),
        "run": reverse("pairing:run", args=[run.public_id]),
        "proposal": reverse("pairing:proposal", args=[row.public_id]),
        "cadres": reverse("pairing:cadres"),
        "cadre": reverse("pairing:cadre", args=[Cadre.objects.get(name="钟立新").public_id]),
        "units": reverse("pairing:units"),
    }


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("desk", "各乡镇结对情况", "Pairing by township"),
        ("run", "推荐的结对", "Pairing proposals"),
        ("proposal", "推荐的干部", "Proposed cadre"),
        ("cadres", "帮扶的乡镇", "Township helped"),
        ("cadre", "基本情况", "Basic facts"),
        ("units", "帮扶的村", "Villages helped"),
    ],
)
def test_each_page_reads_in_both_languages(run: Run, office: Any, name: str, zh: str, en: str) -> None:
    address = addresses(run)[name]
    chinese = office.get(address)
    office.cookies["django_language"] = "en"
    english = office.get(address)
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert zh in chinese.content.decode()
    assert en in english.content.decode()


@pytest.mark.parametrize("name", ["run", "cadres", "units"])
def test_a_list_asks_the_database_at_most_five_times(run: Run, office: Any, name: str) -> None:
    accept(run)
    address = reverse("pairing:run", args=[run.public_id]) if name == "run" else reverse(f"pairing:{name}")
    office.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        office.get(address)
    own = [q["sql"] for q in asked.captured_queries if "pairing_" in q["sql"] or "people_" in q["sql"]]
    assert len(own) <= 5, "\n".join(own)


def test_the_desk_says_where_cadres_lack_and_why(run: Run, office: Any) -> None:
    text = office.get(reverse("pairing:desk")).content.decode()
    assert "有名额，还没有结对" in text
    accept(run)
    text = office.get(reverse("pairing:desk")).content.decode()
    assert "干部名额已满 1" in text
    assert "没有更好的方案" in text


def test_the_run_is_started_as_a_job_and_comes_back_with_proposals(
    small_county: list[Household], office: Any
) -> None:
    answer = office.post(reverse("pairing:compute"), {"division": COUNTY, "language": "0", "skill": "600"})
    assert answer.status_code == 302
    job = jobs.run_next()
    assert job is not None
    assert (job.state, job.message) == ("DONE", "")
    made = Run.objects.get()
    assert made.weights["language"] == 0
    assert made.by_label == office.person.label


def test_a_run_outside_of_ones_reach_is_refused(small_county: list[Household], office: Any) -> None:
    assert office.post(reverse("pairing:compute"), {"division": "110000000000"}).status_code == 422
    assert not Run.objects.exists()


def test_picked_proposals_and_all_that_match_are_accepted(run: Run, office: Any) -> None:
    address = reverse("pairing:accept_picked", args=[run.public_id])
    first = run.proposals.filter(state="OPEN")[0]
    office.post(address, {"picked": [str(first.public_id), "nonsense"]})
    assert Pairing.objects.count() == 1
    office.post(address, {"all_matching": f"division={TOWN}"})
    assert Pairing.objects.count() == 3
    office.post(address, {"all_matching": "all"})
    assert Pairing.objects.count() == 4
    assert office.post(address, {"all_matching": "all"}, follow=True).status_code == 200


def test_many_matches_are_accepted_by_a_job(run: Run, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiangqiao.pairing.pages.proposals.AT_ONCE", 1)
    office.post(reverse("pairing:accept_picked", args=[run.public_id]), {"all_matching": "all"})
    assert not Pairing.objects.exists()
    job = jobs.run_next()
    assert job is not None
    assert job.state == "DONE"
    assert Pairing.objects.count() == 4


def test_a_change_by_hand_shows_candidates_with_cost_and_reasons(run: Run, office: Any) -> None:
    row = run.proposals.get(state="OPEN", cadre__name="曾小梅")
    Cadre.objects.filter(name="钟立新").update(capacity=5)
    address = reverse("pairing:proposal", args=[row.public_id])
    text = office.get(address).content.decode()
    assert "钟立新" in text
    assert "比推荐的差" in text
    change = reverse("pairing:change", args=[row.public_id])
    zhong = Cadre.objects.get(name="钟立新")
    assert office.post(change, {"cadre": zhong.public_id}).status_code == 422
    office.post(change, {"cadre": zhong.public_id, "reason": "熟悉这一户"})
    row.refresh_from_db()
    assert (row.state, row.decided_note) == ("CHANGED", "熟悉这一户")
    assert Pairing.objects.get().cadre == zhong
    assert office.post(reverse("pairing:accept", args=[row.public_id])).status_code == 409


def test_rejecting_without_a_reason_says_so_in_place(run: Run, office: Any) -> None:
    row = run.proposals.filter(state="OPEN")[0]
    address = reverse("pairing:reject", args=[row.public_id])
    assert office.post(address, {"reason": ""}).status_code == 422
    office.post(address, {"reason": "户主不同意"})
    row.refresh_from_db()
    assert row.state == "REJECTED"


def test_a_pair_is_ended_on_the_cadre_s_page(run: Run, office: Any) -> None:
    accept(run)
    pair = Pairing.objects.all()[0]
    address = reverse("pairing:end_pair", args=[pair.cadre.public_id])
    chosen = {"pair": str(pair.public_id), "ended": "NOT_NEEDED"}
    assert office.post(address, {**chosen, "ended": "nonsense", "on": ""}).status_code == 422
    pair.refresh_from_db()
    assert pair.valid_to is None
    office.post(address, {**chosen, "on": clock.today().isoformat()})
    ended = Pairing.objects.get(pk=pair.pk)
    assert (ended.valid_to, ended.ended) == (clock.today(), "NOT_NEEDED")
    assert office.get(reverse("pairing:cadre", args=[pair.cadre.public_id])).status_code == 200


def test_filters_narrow_the_lists(run: Run, office: Any) -> None:
    accept(run)

    def listed(name: str, **query: str) -> str:
        return str(office.get(reverse(f"pairing:{name}"), query).content.decode())

    assert "刘医生" not in listed("cadres", division=TOWN)
    assert "刘医生" in listed("cadres", division=OTHER_TOWN)
    assert "钟立新" not in listed("cadres", skill="MEDICAL")
    assert "共 3 人" in listed("cadres", load="full")
    assert "共 0 人" not in listed("cadres", sort="-used")
    assert "没有符合条件的干部" in listed("cadres", load="none")
    assert "没有符合条件的干部" in listed("cadres", q="查无此人")
    assert "没有符合条件的单位" in listed("units", load="none")
    assert "县医院" not in listed("units", division=TOWN)
    assert "县果业局" in listed("cadres", unit=str(Cadre.objects.get(name="钟立新").unit.public_id))


def test_a_village_sees_its_own_proposals_cadres_and_units_only(
    run: Run, signed_in: Callable[..., Any]
) -> None:
    clerk = signed_in("VILLAGE_CLERK", VILLAGE)
    text = clerk.get(reverse("pairing:run", args=[run.public_id])).content.decode()
    assert "共 2 户" in text
    doctor = Cadre.objects.get(name="刘医生")
    assert clerk.get(reverse("pairing:cadre", args=[doctor.public_id])).status_code == 404
    assert "县医院" not in clerk.get(reverse("pairing:units")).content.decode()
    elsewhere = run.proposals.filter(division_code__startswith=OTHER_TOWN[:9])[0]
    assert clerk.get(reverse("pairing:proposal", args=[elsewhere.public_id])).status_code == 404
    assert clerk.post(reverse("pairing:accept_picked", args=[run.public_id])).status_code == 403


def test_the_office_says_who_a_cadre_is_related_to_how_he_signs_in_and_that_he_left(
    run: Run, office: Any
) -> None:
    accept(run)
    cadre = Cadre.objects.filter(pairings__isnull=False)[0]
    page = reverse("pairing:cadre", args=[cadre.public_id])
    assert "亲属申报" in office.get(page).content.decode()
    wrong = office.post(reverse("pairing:link", args=[cadre.public_id]), {"username": "没有这个人"})
    assert wrong.status_code == 422
    assert "没有这个登录名" in wrong.content.decode()
    user = User.objects.create(username="bangfu", name="甲")
    office.post(reverse("pairing:link", args=[cadre.public_id]), {"username": "bangfu"})
    cadre.refresh_from_db()
    assert cadre.user == user.public_id
    home = Household.objects.get(public_id=cadre.pairings.filter(valid_to__isnull=True)[0].household)
    before = cadre.pairings.filter(valid_to__isnull=True).count()
    office.post(reverse("pairing:relative", args=[cadre.public_id]), {"household_no": home.household_no})
    assert cadre.pairings.filter(valid_to__isnull=True).count() == before - 1
    today = clock.today().isoformat()
    office.post(reverse("pairing:leave", args=[cadre.public_id]), {"left_on": today})
    assert not cadre.pairings.filter(valid_to__isnull=True).exists()
    assert "亲属申报" not in office.get(page).content.decode()


def test_the_desk_names_the_cadre_with_whom_one_place_more_helps_most(run: Run, office: Any) -> None:
    cadre = Cadre.objects.get(name="钟立新")
    run.counts["one_more"] = [[str(cadre.public_id), 1_000_000]]
    run.save()
    text = office.get(reverse("pairing:desk")).content.decode()
    assert "可以多一户有干部" in text
    assert cadre.name in text
