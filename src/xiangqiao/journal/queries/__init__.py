"""Reads of the journal, by noun."""

from xiangqiao.journal.queries.consents import consents_of, households_of_keeper, standing_consent
from xiangqiao.journal.queries.disputes import dispute_named, disputes, open_disputes
from xiangqiao.journal.queries.doors import door_named, linked_households, open_session
from xiangqiao.journal.queries.keepers import keepers_of
from xiangqiao.journal.queries.mine import Due, mine
from xiangqiao.journal.queries.own import OwnPage, own_page
from xiangqiao.journal.queries.reach import OWN_PAGE, NoSuchHousehold, household_for
from xiangqiao.journal.queries.shelf import (
    find_policies,
    find_techniques,
    in_season,
    technique_named,
    techniques,
)
from xiangqiao.journal.queries.standing import Standing, open_promises, standing, unvisited_condition
from xiangqiao.journal.queries.timeline import (
    PROGRAMMES,
    REGISTER,
    SENTENCES,
    Line,
    Part,
    timeline,
    timeline_part,
)
from xiangqiao.journal.queries.visits import (
    open_promises_of,
    promise_named,
    revisions_of,
    visit_named,
    visits,
    visits_of,
)

__all__ = [
    "OWN_PAGE",
    "PROGRAMMES",
    "REGISTER",
    "SENTENCES",
    "Due",
    "Line",
    "NoSuchHousehold",
    "OwnPage",
    "Part",
    "Standing",
    "consents_of",
    "dispute_named",
    "disputes",
    "door_named",
    "find_policies",
    "find_techniques",
    "household_for",
    "households_of_keeper",
    "in_season",
    "keepers_of",
    "linked_households",
    "mine",
    "open_disputes",
    "open_promises",
    "open_promises_of",
    "open_session",
    "own_page",
    "promise_named",
    "revisions_of",
    "standing",
    "standing_consent",
    "technique_named",
    "techniques",
    "timeline",
    "timeline_part",
    "unvisited_condition",
    "visit_named",
    "visits",
    "visits_of",
]
