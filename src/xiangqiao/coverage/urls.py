"""Addresses of coverage."""

from __future__ import annotations

from django.urls import path

from xiangqiao.coverage.pages import desk, lists, map, plans, points, projects, reports, speed, stations, tell

app_name = "coverage"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("declare/", desk.declare, name="declare"),
    path("connect/", desk.connect, name="connect"),
    path("stations/", stations.station_list, name="stations"),
    path("map/", map.map_page, name="map"),
    path("map.json", map.geojson, name="geojson"),
    path("points/", points.point_list, name="points"),
    path("points/<uuid:site_id>/", points.point, name="point"),
    path("points/<uuid:site_id>/measure/", points.measure, name="measure"),
    path("points/<uuid:site_id>/verify/", points.verify, name="verify"),
    path("villages/", points.village_list, name="villages"),
    path("lists/", lists.list_batches, name="lists"),
    path("lists/upload/", lists.upload, name="upload"),
    path("lists/<uuid:batch_id>/", lists.batch, name="batch"),
    path("lists/<uuid:batch_id>/columns/", lists.columns, name="columns"),
    path("lists/<uuid:batch_id>/apply/", lists.apply, name="apply"),
    path("lists/<uuid:batch_id>/undo/", lists.undo, name="undo"),
    path("pairs/<uuid:pair_id>/", lists.settle, name="settle"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<uuid:report_id>/", reports.answer, name="answer"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/compute/", plans.compute, name="compute"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/accept/", plans.accept, name="accept_plan"),
    path("projects/<uuid:project_id>/", projects.project, name="project"),
    path("projects/<uuid:project_id>/built/", projects.built, name="built"),
    path("projects/<uuid:project_id>/accept/", projects.accept, name="accept_project"),
    path("projects/<uuid:project_id>/cancel/", projects.cancel, name="cancel_project"),
    path("tell/", tell.choose, name="tell"),
    path("tell/<uuid:site_id>/", tell.here, name="tell_here"),
    path("tell/<uuid:site_id>/speed/", speed.result, name="speed"),
    path("speed/down/<uuid:ticket>/", speed.down, name="speed_down"),
    path("speed/up/<uuid:ticket>/", speed.up, name="speed_up"),
]
