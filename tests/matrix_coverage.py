"""Samples of coverage for the access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from xiangqiao.kernel import clock

COUNTY = "360730000000"


def _site(world: Any, village: str) -> Any:
    from xiangqiao.places.models import Site

    def make() -> Any:
        return Site.objects.create(
            kind="HAMLET", name=f"某屋场{village}", division_code=village, lon_e6=116_000_000, lat_e6=26_400_000,
            datum="WGS84", source="测试", households=30,
        )  # fmt: skip

    return world.once("site", village, make)


def at_site(world: Any, village: str) -> Mapping[str, Any]:
    """Name the point of a village."""
    return {"site_id": _site(world, village).public_id}


def at_report(world: Any, village: str) -> Mapping[str, Any]:
    """Name a report of a village that waits."""
    from xiangqiao.coverage.models import FieldReport

    row = FieldReport.objects.create(
        site=_site(world, village).public_id,
        division_code=village,
        kind="NO_SIGNAL",
        service="MOBILE",
        at=clock.now(),
    )
    return {"report_id": row.public_id}


def at_batch(world: Any, _village: str) -> Mapping[str, Any]:
    """Name a checked batch of the county."""
    from xiangqiao.coverage.models import ListBatch

    def make() -> Any:
        return ListBatch.objects.create(
            division_code=COUNTY, state="CHECKED", started_label="某人", started_at=clock.now()
        )

    return {"batch_id": world.once("station lists", COUNTY, make).public_id}


def at_applied(world: Any, _village: str) -> Mapping[str, Any]:
    """Name an applied batch of the county."""
    from xiangqiao.coverage.models import ListBatch

    row = ListBatch.objects.create(
        division_code=COUNTY, state="APPLIED", started_label="某人", started_at=clock.now()
    )
    return {"batch_id": world.once("applied lists", COUNTY, lambda: row).public_id}


def at_plan(world: Any, village: str) -> Mapping[str, Any]:
    """Name a plan for a village."""
    return {"plan_id": _plan(world, village).public_id}


def _plan(world: Any, village: str) -> Any:
    from xiangqiao.coverage.models import Plan

    told = {"sites": 0, "objective": 0, "bound": 0, "gap": 0, "optimal": True, "solver": "greedy"}
    proof = {
        "faults": [],
        "cost_fen": 0,
        "targets_reached": 0,
        "households_reached": 0,
        "proven_bound_fen": None,
    }
    figures = {
        "targets": 1, "households": 30, "reachable": 0, "candidates": 0, "greedy": told, "exact": told, "certificate": proof
    }  # fmt: skip

    def make() -> Any:
        return Plan.objects.create(
            division_code=village, at=clock.now(), by_label="某人", input_digest="0" * 64, figures=figures
        )

    return world.once("coverage plan", village, make)


def at_project(world: Any, village: str) -> Mapping[str, Any]:
    """Name a project in a village."""
    from xiangqiao.coverage.models import Project

    def make() -> Any:
        return Project.objects.create(
            plan=_plan(world, village), name="某塔", kind="NEW_MAST", division_code=village, lon_e6=116_000_000,
            lat_e6=26_400_000, cost_fen=1, reach_m=3000,
        )  # fmt: skip

    return {"project_id": world.once("coverage project", village, make).public_id}


def samples(sample: Callable[..., Any]) -> dict[str, Any]:
    """Return how each address of coverage is asked for."""
    ticket = {"ticket": uuid4()}
    return {
        **{
            f"coverage:{name}": sample()
            for name in ("desk", "stations", "map", "geojson", "points", "villages")
        },
        **{f"coverage:{name}": sample() for name in ("lists", "reports", "plans", "tell")},
        **{f"coverage:{name}": sample(method="post") for name in ("declare", "connect", "upload", "compute")},
        "coverage:point": sample(at_site, scoped=True),
        "coverage:measure": sample(at_site, scoped=True, method="post"),
        "coverage:verify": sample(at_site, scoped=True, method="post"),
        "coverage:batch": sample(at_batch),
        "coverage:columns": sample(at_batch, method="post"),
        "coverage:apply": sample(at_batch, method="post"),
        "coverage:undo": sample(at_applied, method="post"),
        "coverage:settle": sample(lambda _world, _village: {"pair_id": uuid4()}, method="post"),
        "coverage:answer": sample(at_report, scoped=True, method="post"),
        "coverage:plan": sample(at_plan, scoped=True),
        "coverage:accept_plan": sample(at_plan, scoped=True, method="post"),
        "coverage:project": sample(at_project, scoped=True),
        "coverage:built": sample(at_project, scoped=True, method="post"),
        "coverage:accept_project": sample(
            at_project, scoped=True, method="post", data={"households": "nobody-by-this-number"}
        ),
        "coverage:cancel_project": sample(at_project, scoped=True, method="post"),
        # Names of places are no secret: whoever may tell may tell from anywhere.
        "coverage:tell_here": sample(at_site),
        "coverage:speed": sample(at_site),
        "coverage:speed_down": sample(lambda _world, _village: ticket, only=frozenset()),
        "coverage:speed_up": sample(lambda _world, _village: ticket, method="post", only=frozenset()),
    }
