"""Reads of the clinic. A case is seen by the treating clinic, and by the hospital that was asked, while it is."""

from xiangqiao.clinic.queries.campaigns import Coverage, campaigns, coverage, due_followups, village_campaign
from xiangqiao.clinic.queries.cases import (
    attachment_named,
    case_named,
    consultation_named,
    consultations,
    side_in,
    signals,
)
from xiangqiao.clinic.queries.institutions import agreements_of, institutions, practice_of
from xiangqiao.clinic.queries.patients import consent_in_force, patient_named, patients
from xiangqiao.clinic.queries.totals import Totals, totals

__all__ = [
    "Coverage", "Totals", "agreements_of", "attachment_named", "campaigns", "case_named", "consent_in_force",
    "consultation_named", "consultations", "coverage", "due_followups", "institutions", "patient_named", "patients",
    "practice_of", "side_in", "signals", "totals", "village_campaign",
]  # fmt: skip
