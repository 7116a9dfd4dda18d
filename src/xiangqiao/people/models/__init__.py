"""Tables of the register, by noun."""

from xiangqiao.people.models.change_request import ChangeRequest
from xiangqiao.people.models.household import Household, HouseholdYear, Membership
from xiangqiao.people.models.intake import Batch, ColumnMapping, Problem, Question
from xiangqiao.people.models.person import Person, PersonYear
from xiangqiao.people.models.view import SavedView

__all__ = [
    "Batch",
    "ChangeRequest",
    "ColumnMapping",
    "Household",
    "HouseholdYear",
    "Membership",
    "Person",
    "PersonYear",
    "Problem",
    "Question",
    "SavedView",
]
