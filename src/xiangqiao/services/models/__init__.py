"""Tables of the information services, by noun."""

from xiangqiao.services.models.agency import AgentOrder, DrawerDay
from xiangqiao.services.models.catalogue import Application, Matter
from xiangqiao.services.models.duty import Duty, Office
from xiangqiao.services.models.goods import Listing, Reply
from xiangqiao.services.models.labour import Applicant, TransferGroup, Vacancy
from xiangqiao.services.models.law import LawGram, LawText
from xiangqiao.services.models.question import Answer, Question
from xiangqiao.services.models.training import Course, CourseDay, Enrolment, Presence

__all__ = [
    "AgentOrder",
    "Answer",
    "Applicant",
    "Application",
    "Course",
    "CourseDay",
    "DrawerDay",
    "Duty",
    "Enrolment",
    "LawGram",
    "LawText",
    "Listing",
    "Matter",
    "Office",
    "Presence",
    "Question",
    "Reply",
    "TransferGroup",
    "Vacancy",
]
