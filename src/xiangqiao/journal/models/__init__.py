"""Tables of the journal: the timeline, visits and promises, the household's own door, replies, techniques."""

from xiangqiao.journal.models.consent import Consent
from xiangqiao.journal.models.door import CodeTry, Door, OneTimeCode, OwnSession
from xiangqiao.journal.models.promise import Promise
from xiangqiao.journal.models.reply import Reply
from xiangqiao.journal.models.technique import Technique, TechniqueGram
from xiangqiao.journal.models.timeline import Programme, TimelineLine
from xiangqiao.journal.models.visit import Visit, VisitRevision

__all__ = [
    "CodeTry",
    "Consent",
    "Door",
    "OneTimeCode",
    "OwnSession",
    "Programme",
    "Promise",
    "Reply",
    "Technique",
    "TechniqueGram",
    "TimelineLine",
    "Visit",
    "VisitRevision",
]
