"""Writes of policy: screenings, and what became of entitlements."""

from xiangqiao.policy.actions.claim import note_claim
from xiangqiao.policy.actions.screen import ScreeningResult, screen

__all__ = ["ScreeningResult", "note_claim", "screen"]
