"""Tables of coverage: stations and masts, the lists they came in, evidence, reports, plans and projects."""

from xiangqiao.coverage.models.connection import Connection
from xiangqiao.coverage.models.declared import DeclaredStatistic
from xiangqiao.coverage.models.evidence import Evidence
from xiangqiao.coverage.models.lists import ListBatch, ListedRow, ListFile, Pair
from xiangqiao.coverage.models.plan import Plan, Project
from xiangqiao.coverage.models.prediction import Prediction, PredictionRun
from xiangqiao.coverage.models.report import FieldReport, SpeedTicket
from xiangqiao.coverage.models.scoped import Operator, Service, Technology
from xiangqiao.coverage.models.station import Mast, Station

__all__ = [
    "Connection",
    "DeclaredStatistic",
    "Evidence",
    "FieldReport",
    "ListBatch",
    "ListFile",
    "ListedRow",
    "Mast",
    "Operator",
    "Pair",
    "Plan",
    "Prediction",
    "PredictionRun",
    "Project",
    "Service",
    "SpeedTicket",
    "Station",
    "Technology",
]
