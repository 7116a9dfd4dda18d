"""Tables of commerce, one noun a file."""

from xiangqiao.commerce.models.beginner import Beginner, FreeSpace, LessonTaken, Loan
from xiangqiao.commerce.models.consent import Consent
from xiangqiao.commerce.models.drawer import CashEntry, DayClose
from xiangqiao.commerce.models.intake import Intake
from xiangqiao.commerce.models.listing import ImportedList, ListedRow, ListKind
from xiangqiao.commerce.models.lot import Lot, WriteOff
from xiangqiao.commerce.models.order import DeliveryRound, Order
from xiangqiao.commerce.models.pavilion import Offer, Pavilion
from xiangqiao.commerce.models.poor_village import PoorVillage
from xiangqiao.commerce.models.purchase import Purchase
from xiangqiao.commerce.models.settlement import Settlement, SettlementShare
from xiangqiao.commerce.models.station import Operator, Station, StationLevel
from xiangqiao.commerce.models.tenant import LedJob, Tenant

__all__ = [
    "Beginner",
    "CashEntry",
    "Consent",
    "DayClose",
    "DeliveryRound",
    "FreeSpace",
    "ImportedList",
    "Intake",
    "LedJob",
    "LessonTaken",
    "ListKind",
    "ListedRow",
    "Loan",
    "Lot",
    "Offer",
    "Operator",
    "Order",
    "Pavilion",
    "PoorVillage",
    "Purchase",
    "Settlement",
    "SettlementShare",
    "Station",
    "StationLevel",
    "Tenant",
    "WriteOff",
]
