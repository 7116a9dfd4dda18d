"""Writes of policy: screenings, and what became of entitlements."""

from xiangqiao.policy.actions.claim import note_claim
from xiangqiao.policy.actions.follow import drop_entitlements, household_moved
from xiangqiao.policy.actions.screen import ScreeningResult, screen

__all__ = ["ScreeningResult", "drop_entitlements", "household_moved", "note_claim", "screen"]
