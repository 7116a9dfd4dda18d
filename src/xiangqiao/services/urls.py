"""Addresses of services."""

from __future__ import annotations

from django.urls import path

from xiangqiao.services.pages import (
    announcing,
    applications,
    asking,
    boards,
    catalogue,
    counter,
    desk,
    goods,
    labour,
    own,
    questions,
    reading,
)

app_name = "services"
urlpatterns = [
    # for everybody
    path("ask/", asking.ask, name="ask"),
    path("follow/", own.follow, name="follow"),
    path("answers/", reading.answers, name="answers"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<slug:code>/", catalogue.matter, name="matter"),
    path("goods/", goods.board, name="goods"),
    path("goods/post/", goods.post, name="post_goods"),
    path("goods/<uuid:listing_id>/", goods.entry, name="entry"),
    path("jobs/", labour.jobs, name="jobs"),
    path("jobs/<uuid:vacancy_id>/", labour.job, name="job"),
    path("courses/", labour.courses, name="courses"),
    path("courses/<uuid:course_id>/", labour.course, name="course"),
    path("laws/", reading.laws, name="laws"),
    path("laws/<uuid:law_id>/", reading.law, name="law"),
    path("announcements/", announcing.announcements, name="announcements"),
    path("announcements/<uuid:announcement_id>/", announcing.announcement, name="announcement"),
    path("announcements/files/<uuid:file_id>/", announcing.file, name="announcement_file"),
    # for who asked, by phone and code or signed in
    path("own/", own.mine, name="mine"),
    path("own/paid/", reading.paid, name="paid"),
    path("own/questions/<uuid:question_id>/", own.question, name="own_question"),
    path("own/questions/<uuid:question_id>/said/", own.said, name="question_said"),
    path("own/applications/<uuid:application_id>/", catalogue.own_application, name="own_application"),
    path("own/goods/<uuid:listing_id>/", goods.own_goods, name="own_goods"),
    path("own/work/<uuid:applicant_id>/", labour.own_worker, name="own_worker"),
    path("own/courses/<uuid:enrolment_id>/", labour.own_seat, name="own_seat"),
    # at the office
    path("desk/overview/", desk.desk, name="desk"),
    path("desk/ask-for/", asking.ask_for, name="ask_for"),
    path("desk/questions/", questions.questions, name="questions"),
    path("desk/questions/<uuid:question_id>/", questions.question, name="question"),
    path("desk/applications/", applications.applications, name="applications"),
    path("desk/applications/<uuid:application_id>/", applications.application, name="application"),
    path("desk/notices/<uuid:notice_id>/", desk.notice, name="notice"),
    path("desk/announcements/", announcing.ours, name="our_announcements"),
    path("desk/announcements/new/", announcing.new, name="new_announcement"),
    path(
        "desk/announcements/<uuid:announcement_id>/take-down/",
        announcing.take_down,
        name="take_down_announcement",
    ),
    path("desk/announcements/files/<uuid:file_id>/", announcing.file_under_review, name="file_under_review"),
    path("desk/duties/", desk.duties, name="duties"),
    path("desk/boards/", boards.boards, name="boards"),
    path("desk/boards/new-job/", boards.new_job, name="new_job"),
    path("desk/boards/new-course/", boards.new_course, name="new_course"),
    path("desk/boards/jobs/<uuid:vacancy_id>/", boards.workers, name="workers"),
    path("desk/boards/courses/<uuid:course_id>/", boards.roll, name="roll"),
    # at the counter
    path("counter/", counter.counter, name="counter"),
    path("counter/drawer/", counter.drawer, name="drawer"),
    path("counter/<uuid:order_id>/", counter.errand, name="errand"),
    path("counter/<uuid:order_id>/receipt/", counter.receipt, name="receipt"),
]
