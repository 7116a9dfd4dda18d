"""Addresses of the register's own batches."""

from __future__ import annotations

from django.urls import path

from xiangqiao.people.pages import asking, batches, changes, columns, problems, questions, revealing

app_name = "people"
urlpatterns = [
    path("import/", batches.batches, name="batches"),
    path("import/upload/", batches.upload, name="upload"),
    path("import/<uuid:public_id>/", batches.batch, name="batch"),
    path("import/<uuid:public_id>/columns/", columns.columns, name="columns"),
    path("import/<uuid:public_id>/apply/", batches.apply, name="apply_batch"),
    path("import/<uuid:public_id>/undo/", batches.undo, name="undo_batch"),
    path("import/<uuid:public_id>/discard/", batches.discard, name="discard_batch"),
    path("import/<uuid:public_id>/marked/<int:number>/", batches.marked, name="marked"),
    path("problems/", problems.problems, name="problems"),
    path("problems/settle/", problems.settle_problems, name="settle_problems"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:public_id>/", questions.settle_question, name="settle_question"),
    path("households/register/", asking.register, name="register_household"),
    path("households/<uuid:household_id>/change/", asking.choose, name="choose_change"),
    path("households/<uuid:household_id>/change/<slug:kind>/", asking.ask, name="ask_change"),
    path("households/<uuid:household_id>/reveal/", revealing.reveal, name="reveal"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<uuid:change_id>/", changes.change, name="change"),
    path("changes/<uuid:change_id>/decide/", changes.decide, name="decide_change"),
    path("changes/<uuid:change_id>/undo/", changes.undo, name="undo_change"),
]
