"""Proof of a pairing by code of its own: it reads the problem and the result, and asks no solver and no network."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from xq_engine.pairing.blocks import BlockPrices, servable_cadres, village_blocks
from xq_engine.pairing.costs import load_cost, pair_cost
from xq_engine.pairing.problem import Cadre, Household, Problem, may_serve
from xq_engine.pairing.result import PairingResult, WhyUnpaired

LISTED = 20  # violations named in words; all are counted

VIOLATIONS: dict[str, tuple[str, str]] = {
    "UNKNOWN": ("名单中没有", "not in the lists"),
    "NOT_ONCE": ("该户没有恰好出现一次", "the household does not stand in the result exactly once"),
    "NO_ORDER": ("干部所在单位没有被安排帮扶该村", "the cadre's unit is not ordered to the village"),
    "OTHER_TEAM": ("工作队员只能帮扶本队所在村", "a team member may only serve his team's village"),
    "EXCLUDED": ("该干部是申报的亲属", "the cadre is a declared relative"),
    "PARTS": ("分项得分与规定不符", "the parts of the cost are not what the definition says"),
    "CAPACITY": ("超过可帮户数", "more households than places"),
    "LOAD": ("户数统计与结对不符", "the load reported is not the load there is"),
    "WHY": ("未结对的原因不成立", "the reason for no cadre does not hold"),
    "PRICE_MISSING": ("证明缺少价格或价格不是整数", "the proof lacks a whole-number price"),
    "CHEAPER": ("存在更省的结对", "a cheaper pair exists"),
    "SLACK": ("已结对的一对与价格不等", "the price does not meet the cost of the pair chosen"),
    "UNPAIRED_PRICE": (
        "户的价格与未结对的代价不符",
        "the household's price disagrees with the cost of no cadre",
    ),
    "PLACE_PRICE": ("空位的价格与负担不符", "the price of a place disagrees with the load"),
    "OBJECTIVE": ("总分与逐项合计不等", "the objective is not the sum of its parts"),
    "GAP": (
        "总分与下界不等，不能证明最优",
        "the objective is not the lower bound, so it is not proved least",
    ),
    "CLAIM": ("结果没有声明最优", "the result does not claim to be optimal"),
}


@dataclass(frozen=True)
class Violation:
    """One thing that does not hold, and where."""

    code: str
    where: str

    def words(self, language: str = "zh") -> str:
        """Say it in words."""
        zh, en = VIOLATIONS[self.code]
        return f"{self.where}：{zh}" if language == "zh" else f"{self.where}: {en}"


@dataclass(frozen=True)
class Certificate:
    """What was checked and whether it holds.

    `primal`: cost of the pairing summed anew, in points; `dual`: the lower bound that the prices give for every
    pairing there could be; `pairs_checked`: allowed pairs whose reduced cost was computed.
    """

    households: int
    cadres: int
    paired: int
    pairs_checked: int
    primal: int
    dual: int
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Return whether the pairing keeps every rule and no cheaper one exists."""
        return not self.violations and self.primal == self.dual

    def words(self, language: str = "zh") -> str:
        """Say the outcome in a few lines a clerk can file."""
        named = [violation.words(language) for violation in self.violations[:LISTED]]
        gap = self.primal - self.dual
        if language == "zh":
            lines = [
                f"核对：{self.households} 户，{self.cadres} 名干部，可能的结对 {self.pairs_checked} 种全部逐一核算。",
                f"结对 {self.paired} 户；总分 {self.primal}，任何方案的下界 {self.dual}，差 {gap}。",
                "结论：全部约束满足，没有更好的方案。"
                if self.holds
                else f"结论：不成立，{len(self.violations)} 处不符。",
            ]
        else:
            lines = [
                f"Checked: {self.households} households, {self.cadres} cadres, all {self.pairs_checked} possible pairs.",
                f"{self.paired} households paired; objective {self.primal}, bound for any pairing {self.dual}, gap {gap}.",
                "It holds: every rule is kept and no better pairing exists."
                if self.holds
                else f"It does not hold: {len(self.violations)} violations.",
            ]
        return "\n".join(lines + named)


def verify(problem: Problem, result: PairingResult) -> Certificate:
    """Check every constraint, the reduced cost of every allowed pair, and that primal and dual are equal.

    All sums are whole numbers. The check takes the problem from the caller, never from the result.
    Source: weak duality of linear programming: prices that no allowed pair undercuts bound every pairing from below.
    """
    return _Verifier(problem, result).run()


class _Verifier:
    def __init__(self, problem: Problem, result: PairingResult) -> None:
        self.problem = problem
        self.result = result
        self.households = {row.key: row for row in problem.households}
        self.cadres = {row.key: row for row in problem.cadres}
        self.orders = {(row.unit_key, row.village_code) for row in problem.orders}
        self.found: list[Violation] = []
        self.chosen = {row.household: row.cadre for row in result.assignments}
        self.used = Counter(self.chosen.values())
        self.pairs_checked = 0

    def run(self) -> Certificate:
        primal, dual = 0, 0
        if self._known_and_complete():
            primal = self._check_pairs()
            if self._prices_complete():
                self._check_prices()
                dual = self._dual()
            self._check_reasons()
            if primal != self.result.objective:
                self._report("OBJECTIVE", str(self.result.objective))
            if primal != dual:
                self._report("GAP", f"{primal} − {dual}")
        if not self.result.optimal:
            self._report("CLAIM", "optimal")
        return Certificate(
            len(self.households),
            len(self.cadres),
            len(self.chosen),
            self.pairs_checked,
            primal,
            dual,
            tuple(self.found),
        )

    def _report(self, code: str, where: str) -> None:
        self.found.append(Violation(code, where))

    def _known_and_complete(self) -> bool:
        times = Counter(row.household for row in self.result.assignments)
        times.update(row.household for row in self.result.unpaired)
        for key in times.keys() - self.households.keys():
            self._report("UNKNOWN", key)
        for key in self.households:
            if times[key] != 1:
                self._report("NOT_ONCE", key)
        for key in self.used.keys() - self.cadres.keys():
            self._report("UNKNOWN", key)
        return not self.found

    def _check_pairs(self) -> int:
        weights = self.problem.weights
        total = weights.unpaired * len(self.result.unpaired)
        for row in self.result.assignments:
            household, cadre = self.households[row.household], self.cadres[row.cadre]
            where = f"{row.household} – {row.cadre}"
            if (cadre.unit_key, household.village_code) not in self.orders:
                self._report("NO_ORDER", where)
            if not may_serve(cadre, household.village_code):
                self._report("OTHER_TEAM", where)
            if cadre.key in household.excluded_cadres:
                self._report("EXCLUDED", where)
            parts = pair_cost(household, cadre, weights)
            if parts != row.parts:
                self._report("PARTS", where)
            total += parts.total
        reported = {row.cadre: row for row in self.result.loads}
        for key, cadre in self.cadres.items():
            if self.used[key] > cadre.capacity:
                self._report("CAPACITY", f"{key} {self.used[key]}/{cadre.capacity}")
            said = reported.get(key)
            if said is None or (said.used, said.capacity) != (self.used[key], cadre.capacity):
                self._report("LOAD", key)
            total += load_cost(self.used[key], weights)
        return total

    def _prices_complete(self) -> bool:
        for rows, prices in (
            (self.households, self.result.duals.households),
            (self.cadres, self.result.duals.cadres),
        ):
            for key in rows:
                if type(prices.get(key)) is not int:
                    self._report("PRICE_MISSING", key)
        return not any(violation.code == "PRICE_MISSING" for violation in self.found)

    def _check_prices(self) -> None:
        weights, prices = self.problem.weights, self.result.duals
        for key in self.households:
            price = prices.households[key]
            if price > weights.unpaired or (key not in self.chosen and price != weights.unpaired):
                self._report("UNPAIRED_PRICE", key)
        for key, cadre in self.cadres.items():
            price, used = prices.cadres[key], self.used[key]
            low = weights.load * (used - 1) if used else 0
            if price < low or (used < cadre.capacity and price > weights.load * used):
                self._report("PLACE_PRICE", key)
        pricing = BlockPrices(self.problem)
        for households, cadres in village_blocks(self.problem):
            self._check_block(pricing, households, cadres)

    def _check_block(self, pricing: BlockPrices, rows: list[Household], columns: list[Cadre]) -> None:
        """Compute the reduced cost of every pair of one village at once."""
        value = np.array([self.result.duals.households[row.key] for row in rows], dtype=np.int64)
        place = np.array([self.result.duals.cadres[row.key] for row in columns], dtype=np.int64)
        reduced = pricing.matrix(rows, columns) + place[None, :] - value[:, None]
        at = {row.key: number for number, row in enumerate(columns)}
        allowed = np.ones(reduced.shape, dtype=np.bool_)
        for number, row in enumerate(rows):
            for key in row.excluded_cadres & at.keys():
                allowed[number, at[key]] = False
            mine = self.chosen.get(row.key)
            if mine in at and reduced[number, at[mine]] != 0:
                self._report("SLACK", f"{row.key} – {mine}")
        for number, column in zip(*np.nonzero(allowed & (reduced < 0)), strict=True):
            self._report("CHEAPER", f"{rows[number].key} – {columns[column].key}")
        self.pairs_checked += int(allowed.sum())

    def _dual(self) -> int:
        total = sum(self.result.duals.households[key] for key in self.households)
        for key, cadre in self.cadres.items():
            price = self.result.duals.cadres[key]
            total -= sum(max(0, price - self.problem.weights.load * nth) for nth in range(cadre.capacity))
        return total

    def _check_reasons(self) -> None:
        open_to = servable_cadres(self.problem)
        ordered = {village for _, village in self.orders}
        for row in self.result.unpaired:
            household = self.households[row.household]
            servable = open_to.get(household.village_code, [])
            allowed = [cadre for cadre in servable if cadre.key not in household.excluded_cadres]
            free = [cadre for cadre in allowed if self.used[cadre.key] < cadre.capacity]
            holds = {
                WhyUnpaired.NO_UNIT: household.village_code not in ordered,
                WhyUnpaired.NO_CADRE: household.village_code in ordered and not servable,
                WhyUnpaired.ALL_EXCLUDED: bool(servable) and not allowed,
                WhyUnpaired.ALL_FULL: bool(allowed) and not free,
            }
            if not holds.get(row.why, False):
                self._report("WHY", f"{row.household} {row.why}")
