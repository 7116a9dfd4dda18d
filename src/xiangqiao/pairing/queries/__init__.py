"""Reads of pairing: who needs a cadre, who has one, what was proposed."""

from xiangqiao.pairing.queries.pairs import (
    cadre_of,
    cadres_of,
    paired_households,
    pairs_in,
    unpaired_condition,
    without_cadre,
)
from xiangqiao.pairing.queries.problem import PairingInput, pairing_input
from xiangqiao.pairing.queries.runs import latest_run, proposals_of, run_named

__all__ = [
    "PairingInput",
    "cadre_of",
    "cadres_of",
    "latest_run",
    "paired_households",
    "pairing_input",
    "pairs_in",
    "proposals_of",
    "run_named",
    "unpaired_condition",
    "without_cadre",
]
