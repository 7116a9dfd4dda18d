"""Tables of policy: screenings, what they found, and what households made of it."""

from xiangqiao.policy.models.claim import Claim
from xiangqiao.policy.models.screening import Entitlement, Screening

__all__ = ["Claim", "Entitlement", "Screening"]
