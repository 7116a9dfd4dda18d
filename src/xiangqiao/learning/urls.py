"""Addresses of learning."""

from __future__ import annotations

from django.urls import path

from xiangqiao.learning.pages import consent, corner, desk, live, manage, replay, resources, shelf, week

app_name = "learning"
urlpatterns = [
    # for everybody
    path("shelf/", shelf.shelf, name="shelf"),
    # in the classroom
    path("week/", week.week, name="week"),
    path("rooms/<uuid:room_id>/check/", week.check, name="check"),
    path("rooms/probe/", week.probe, name="probe"),
    path("lessons/<uuid:lesson_id>/teach/", live.teach, name="teach"),
    path("lessons/<uuid:lesson_id>/agree/", consent.agree, name="agree"),
    path("lessons/<uuid:lesson_id>/recording/", consent.own_recording, name="recording"),
    path("lessons/<uuid:lesson_id>/rooms/<uuid:room_id>/", live.attend, name="attend"),
    path("lessons/<uuid:lesson_id>/rooms/<uuid:room_id>/heads/", live.heads, name="heads"),
    path("lessons/<uuid:lesson_id>/rooms/<uuid:room_id>/replay/", replay.replay, name="replay"),
    path("lessons/<uuid:lesson_id>/rooms/<uuid:room_id>/watched/", replay.watched, name="watched"),
    path("recordings/<uuid:recording_id>/", replay.media, name="media"),
    # in the reading corner
    path("corner/", corner.corner, name="corner"),
    path("corner/loans/<uuid:loan_id>/back/", corner.back, name="give_back"),
    # at the office
    path("desk/", desk.desk, name="desk"),
    path("desk/lessons/", desk.lessons, name="lessons"),
    path("desk/lessons/<uuid:lesson_id>/", desk.lesson, name="lesson"),
    path("desk/rooms/", manage.rooms, name="rooms"),
    path("desk/timetable/", manage.timetable, name="timetable"),
    path("desk/shelf/", resources.resources, name="resources"),
    path("desk/shelf/reviews/", resources.reviews, name="reviews"),
    path("desk/shelf/reviews/<uuid:publication_id>/", resources.review, name="review"),
]
