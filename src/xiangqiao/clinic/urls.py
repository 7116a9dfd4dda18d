"""Addresses of the clinic."""

from __future__ import annotations

from django.urls import path

from xiangqiao.clinic.pages import calls, campaigns, cases, consultations, desk, manage, patients

app_name = "clinic"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("queue/", desk.queue, name="queue"),
    path("patients/new/", patients.new_patient, name="new_patient"),
    path("patients/<uuid:patient_id>/", patients.patient, name="patient"),
    path("patients/<uuid:patient_id>/consents/", patients.consent, name="consent"),
    path(
        "patients/<uuid:patient_id>/consents/<uuid:consent_id>/withdraw/",
        patients.withdraw_consent,
        name="withdraw_consent",
    ),
    path("patients/<uuid:patient_id>/cases/", patients.open_case, name="open_case"),
    path("patients/<uuid:patient_id>/followups/", patients.plan_followup, name="plan_followup"),
    path(
        "patients/<uuid:patient_id>/followups/<uuid:followup_id>/",
        patients.finish_followup,
        name="finish_followup",
    ),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/notes/", cases.add_note, name="add_note"),
    path("cases/<uuid:case_id>/files/", cases.attach, name="attach"),
    path("cases/<uuid:case_id>/ask/", cases.ask, name="ask"),
    path("cases/<uuid:case_id>/close/", cases.close, name="close_case"),
    path("files/<uuid:attachment_id>/<str:form>/", cases.file, name="file"),
    path("consultations/<uuid:consultation_id>/", consultations.consultation, name="consultation"),
    path("consultations/<uuid:consultation_id>/call/", calls.call, name="call"),
    path("consultations/<uuid:consultation_id>/signals/", calls.signals, name="signals"),
    path("consultations/<uuid:consultation_id>/<str:verb>/", consultations.step, name="step"),
    path("campaigns/", campaigns.campaign_list, name="campaigns"),
    path("campaigns/<uuid:campaign_id>/", campaigns.campaign, name="campaign"),
    path("manage/", manage.manage, name="manage"),
    path("manage/<str:what>/", manage.add, name="add"),
]
