"""Tables of the clinic. They lie in a database of their own; text about health is sealed with the clinic's own key."""

from xiangqiao.clinic.models.base import ClinicKey
from xiangqiao.clinic.models.cases import Attachment, Case, Note
from xiangqiao.clinic.models.checkups import Campaign, CheckUp, FollowUp
from xiangqiao.clinic.models.consultations import Consultation, Opinion, Signal, SigningKey
from xiangqiao.clinic.models.institutions import Agreement, Institution, Practice
from xiangqiao.clinic.models.log import Deed, Telling
from xiangqiao.clinic.models.patients import Consent, Patient

__all__ = [
    "Agreement", "Attachment", "Campaign", "Case", "CheckUp", "ClinicKey", "Consent", "Consultation", "Deed",
    "FollowUp", "Institution", "Note", "Opinion", "Patient", "Practice", "Signal", "SigningKey", "Telling",
]  # fmt: skip
