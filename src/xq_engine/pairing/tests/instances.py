"""Small problems for property tests, and the answer by trying everything."""

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from xq_engine.pairing.costs import load_cost, pair_cost
from xq_engine.pairing.problem import Cadre, Household, Problem, UnitOrder, Weights

VILLAGES = ("360730100201", "360730100202", "360730101201")
UNITS = ("unit-1", "unit-2")
NEEDS = ("ILLNESS", "SKILL", "CITRUS", "OTHER")
SKILLS = ("CITRUS", "MEDICAL", "LAW", "NONE")
PLACES = (None, (116.01, 26.47), (116.35, 26.7))
CADRE_KEYS = ("c0", "c1", "c2", "c3")

_subsets = st.frozensets(st.sampled_from(NEEDS), max_size=2)
_cadres = st.builds(
    Cadre,
    key=st.just(""),
    unit_key=st.sampled_from(UNITS),
    skill=st.sampled_from(SKILLS),
    home_village_code=st.sampled_from((None, *VILLAGES)),
    speaks_hakka=st.sampled_from((None, True, False)),
    capacity=st.integers(1, 3),
    role=st.sampled_from(("HELPER", "HELPER", "TEAM_MEMBER")),
    team_village_code=st.sampled_from((None, None, None, *VILLAGES)),
    coordinates=st.sampled_from(PLACES),
)
_households = st.builds(
    Household,
    key=st.just(""),
    village_code=st.sampled_from(VILLAGES),
    needs=_subsets,
    language=st.sampled_from((None, "HAKKA")),
    excluded_cadres=st.frozensets(st.sampled_from(CADRE_KEYS), max_size=2),
    current_cadre=st.sampled_from((None, "left", *CADRE_KEYS)),
    coordinates=st.sampled_from(PLACES),
)
_orders = st.lists(st.builds(UnitOrder, st.sampled_from(UNITS), st.sampled_from(VILLAGES)), max_size=6)
_weights = st.builds(
    Weights,
    skill=st.integers(0, 9),
    home_elsewhere=st.integers(0, 9),
    home_township=st.integers(0, 3),
    language=st.integers(0, 9),
    language_unknown=st.integers(0, 4),
    distance_per_km=st.integers(0, 2),
    distance_most=st.just(30),
    distance_unknown=st.integers(0, 9),
    load=st.integers(0, 6),
    move=st.integers(0, 20),
    unpaired=st.sampled_from((200, 5000)),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem small enough to try every pairing."""
    households = draw(st.lists(_households, max_size=5))
    cadres = draw(st.lists(_cadres, max_size=4))
    return Problem(
        tuple(replace(row, key=f"h{n}") for n, row in enumerate(households)),
        tuple(replace(row, key=CADRE_KEYS[n]) for n, row in enumerate(cadres)),
        tuple(draw(_orders)),
        draw(_weights),
    )


def may_pair(problem: Problem, household: Household, cadre: Cadre) -> bool:
    """Say the rules once more, apart from the code under test."""
    sent = UnitOrder(cadre.unit_key, household.village_code) in problem.orders
    on_team = cadre.role == "TEAM_MEMBER" or cadre.team_village_code is not None
    own_village = cadre.team_village_code == household.village_code
    return sent and (own_village or not on_team) and cadre.key not in household.excluded_cadres


def least_cost(problem: Problem, forced: tuple[str, str] | None = None) -> int:
    """Return the objective of the best pairing, found by trying all; `forced` fixes one pair."""
    choices: list[list[Cadre | None]] = []
    for household in problem.households:
        open_to: list[Cadre | None] = [row for row in problem.cadres if may_pair(problem, household, row)]
        if forced and forced[0] == household.key:
            open_to = [row for row in open_to if row is not None and row.key == forced[1]]
        else:
            open_to.append(None)
        choices.append(open_to)
    costs = (_cost(problem, picks) for picks in product(*choices))
    return min(cost for cost in costs if cost is not None)


def _cost(problem: Problem, picks: tuple[Cadre | None, ...]) -> int | None:
    total = 0
    used = dict.fromkeys((row.key for row in problem.cadres), 0)
    for household, cadre in zip(problem.households, picks, strict=True):
        if cadre is None:
            total += problem.weights.unpaired
        else:
            used[cadre.key] += 1
            total += pair_cost(household, cadre, problem.weights).total
    if any(used[row.key] > row.capacity for row in problem.cadres):
        return None
    return total + sum(load_cost(count, problem.weights) for count in used.values())
