"""Reads of pairing: who needs a cadre, who has one, what was proposed."""

from xiangqiao.pairing.queries.cadres import (
    CadreFilter,
    account_name,
    account_of,
    cadre_named,
    cadres,
    units,
    villages_of,
)
from xiangqiao.pairing.queries.choices import Choice, choices
from xiangqiao.pairing.queries.gaps import Affairs, Load, Standing, affairs, pairs_of_cadre
from xiangqiao.pairing.queries.pairs import (
    cadre_of,
    cadres_of,
    needy_condition,
    paired_households,
    pairs_in,
    pairs_of,
    unpaired_condition,
    without_cadre,
)
from xiangqiao.pairing.queries.problem import PairingInput, pairing_input
from xiangqiao.pairing.queries.runs import (
    ProposalFilter,
    household_names,
    latest_run,
    matching_proposals,
    numbered_household,
    one_more_place,
    proposal_named,
    proposals_of,
    run_named,
)

__all__ = [
    "Affairs",
    "CadreFilter",
    "Choice",
    "Load",
    "PairingInput",
    "ProposalFilter",
    "Standing",
    "account_name",
    "account_of",
    "affairs",
    "cadre_named",
    "cadre_of",
    "cadres",
    "cadres_of",
    "choices",
    "household_names",
    "latest_run",
    "matching_proposals",
    "needy_condition",
    "numbered_household",
    "one_more_place",
    "paired_households",
    "pairing_input",
    "pairs_in",
    "pairs_of",
    "pairs_of_cadre",
    "proposal_named",
    "proposals_of",
    "run_named",
    "units",
    "unpaired_condition",
    "villages_of",
    "without_cadre",
]
