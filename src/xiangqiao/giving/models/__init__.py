"""Tables of giving: appeals with their needs and verifications, gifts, initiatives, mirrored totals."""

from xiangqiao.giving.models.appeal import Appeal, Need, Source, Verification
from xiangqiao.giving.models.gift import Gift, Unit
from xiangqiao.giving.models.initiative import Initiative, Part
from xiangqiao.giving.models.mirror import MirroredTotal

__all__ = [
    "Appeal",
    "Gift",
    "Initiative",
    "MirroredTotal",
    "Need",
    "Part",
    "Source",
    "Unit",
    "Verification",
]
