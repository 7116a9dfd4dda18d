"""Addresses of journal."""

from __future__ import annotations

from django.urls import path

from xiangqiao.journal.pages import (
    disputes,
    doors,
    mine,
    own_code,
    own_keeper,
    own_member,
    promises,
    shelf,
    standing,
    visits,
)

app_name = "journal"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("households/<uuid:household_id>/", mine.log, name="log"),
    path("households/<uuid:household_id>/code/", doors.code, name="code"),
    path("households/<uuid:household_id>/consent/", doors.consent, name="consent"),
    path("households/<uuid:household_id>/consent/withdraw/", doors.withdraw, name="withdraw"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/photo/<int:number>/", visits.photo, name="photo"),
    path("promises/", promises.promise_list, name="promises"),
    path("promises/<uuid:promise_id>/", promises.promise, name="promise"),
    path("disputes/", disputes.dispute_list, name="disputes"),
    path("disputes/<uuid:dispute_id>/", disputes.dispute, name="dispute"),
    path("disputes/<uuid:dispute_id>/answer/", disputes.answer, name="answer"),
    path("disputes/<uuid:dispute_id>/settle/", disputes.settle, name="settle"),
    path("standing/", standing.standing, name="standing"),
    path("unvisited/", standing.unvisited, name="unvisited"),
    path("policies/", shelf.policies, name="policies"),
    path("techniques/", shelf.techniques, name="techniques"),
    path("techniques/new/", shelf.new, name="technique_new"),
    path("techniques/<slug:slug>/", shelf.technique, name="technique"),
    path("techniques/<slug:slug>/publish/", shelf.publish, name="technique_publish"),
    # The household's own page, by its three doors.
    path("h/<slug:token>/", own_code.door, name="door"),
    path("h/<slug:token>/reply/", own_code.reply, name="door_reply"),
    path("h/<slug:token>/consent/", own_code.consent, name="door_consent"),
    path("h/<slug:token>/photo/<uuid:visit_id>/", own_code.photo, name="door_photo"),
    path("h/<slug:token>/close/", own_code.close, name="door_close"),
    path("own/", own_member.linked, name="linked"),
    path("own/<uuid:household_id>/", own_member.own, name="own"),
    path("own/<uuid:household_id>/reply/", own_member.reply, name="own_reply"),
    path("own/<uuid:household_id>/consent/", own_member.consent, name="own_consent"),
    path("own/<uuid:household_id>/photo/<uuid:visit_id>/", own_member.photo, name="own_photo"),
    path("own/<uuid:household_id>/unlink/", own_member.unlink, name="own_unlink"),
    path("entrusted/", own_keeper.entrusted, name="entrusted"),
    path("entrusted/<uuid:household_id>/", own_keeper.kept, name="kept"),
    path("entrusted/<uuid:household_id>/reply/", own_keeper.reply, name="kept_reply"),
    path("entrusted/<uuid:household_id>/photo/<uuid:visit_id>/", own_keeper.photo, name="kept_photo"),
]
