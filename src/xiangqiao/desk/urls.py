"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from xiangqiao.desk.pages import cards, claims, export, household, households, place, practice, search

app_name = "desk"
urlpatterns = [
    path("", place.home, name="home"),
    path("places/<str:code>/", place.place_page, name="place"),
    path("search/", search.search, name="search"),
    path("households/", households.household_list, name="households"),
    path("households/export.<str:kind>", export.export, name="export"),
    path("households/export-picked.<str:kind>", export.export_picked, name="export_picked"),
    path("households/views/", households.keep_view, name="keep_view"),
    path("households/views/<uuid:view_id>/delete/", households.drop_view, name="drop_view"),
    path("households/cards/", cards.start_cards, name="cards"),
    path("households/cards/<uuid:job_id>.pdf", cards.finished_cards, name="finished_cards"),
    path("households/<uuid:public_id>/", household.household, name="household"),
    path("households/<uuid:public_id>/claim/", claims.note, name="claim"),
    path("practice/", practice.practice, name="practice"),
    path("practice/begin-again/", practice.begin_again, name="begin_again"),
    path("practice/<path:inner>", practice.rehearse, name="rehearse"),
    path("households/<uuid:public_id>/card.pdf", cards.card, name="card"),
]
