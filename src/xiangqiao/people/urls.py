"""Addresses of the register's own pages."""

from __future__ import annotations

from django.urls import path

from xiangqiao.people.intake import answer_pages, mapping_pages, pages
from xiangqiao.people.pages import asking, changes, revealing

app_name = "people"
urlpatterns = [
    path("import/", pages.batches, name="batches"),
    path("import/upload/", pages.upload, name="upload"),
    path("import/<uuid:public_id>/", pages.batch, name="batch"),
    path("import/<uuid:public_id>/columns/", mapping_pages.columns, name="columns"),
    path("import/<uuid:public_id>/apply/", pages.apply, name="apply_batch"),
    path("import/<uuid:public_id>/undo/", pages.undo, name="undo_batch"),
    path("import/<uuid:public_id>/discard/", pages.discard, name="discard_batch"),
    path("import/<uuid:public_id>/marked/<int:number>/", pages.marked, name="marked"),
    path("problems/", answer_pages.problems, name="problems"),
    path("problems/settle/", answer_pages.settle_problems, name="settle_problems"),
    path("questions/", answer_pages.questions, name="questions"),
    path("questions/<uuid:public_id>/", answer_pages.settle_question, name="settle_question"),
    path("households/register/", asking.register, name="register_household"),
    path("households/<uuid:household_id>/change/", asking.choose, name="choose_change"),
    path("households/<uuid:household_id>/change/<slug:kind>/", asking.ask, name="ask_change"),
    path("households/<uuid:household_id>/reveal/", revealing.reveal, name="reveal"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<uuid:change_id>/", changes.change, name="change"),
    path("changes/<uuid:change_id>/decide/", changes.decide, name="decide_change"),
    path("changes/<uuid:change_id>/undo/", changes.undo, name="undo_change"),
]
