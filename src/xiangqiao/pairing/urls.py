"""Addresses of pairing."""

from __future__ import annotations

from django.urls import path

from xiangqiao.pairing.pages import cadres, desk, proposals, staff, units

app_name = "pairing"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("compute/", desk.compute, name="compute"),
    path("runs/<uuid:run_id>/", proposals.run, name="run"),
    path("runs/<uuid:run_id>/accept/", proposals.accept_picked, name="accept_picked"),
    path("proposals/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/accept/", proposals.accept_one, name="accept"),
    path("proposals/<uuid:proposal_id>/change/", proposals.change, name="change"),
    path("proposals/<uuid:proposal_id>/reject/", proposals.reject, name="reject"),
    path("cadres/", cadres.cadre_list, name="cadres"),
    path("cadres/<uuid:cadre_id>/", cadres.cadre, name="cadre"),
    path("cadres/<uuid:cadre_id>/end/", cadres.end_pair, name="end_pair"),
    path("cadres/<uuid:cadre_id>/account/", staff.link, name="link"),
    path("cadres/<uuid:cadre_id>/relative/", staff.relative, name="relative"),
    path("cadres/<uuid:cadre_id>/leave/", staff.leave, name="leave"),
    path("units/", units.unit_list, name="units"),
]
