"""Predict at every site whether a 4G signal is expected: by the nearest station and the formula."""

from __future__ import annotations

from collections.abc import Sequence

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Prediction, PredictionRun, Station
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.values import digest
from xiangqiao.places import queries as places
from xiangqiao.places.queries import sites
from xq_engine.coverage.distance import Near
from xq_engine.coverage.prediction import level_dbm, reach_m

_WIDEST_M = 20_000


def predict(*, act: Act, viewer: AnyViewer) -> PredictionRun:
    """Compute predictions for all sites from all 4G stations that stand; they replace those of the last run.

    A pure function of its inputs, whose digest is kept. A prediction is never more than a prediction.
    """
    county = places.county()
    viewer.demand(Can.MANAGE_COVERAGE, county.code if county else "")
    with recording("coverage.predicted", act) as record:
        stations = list(
            Station.objects.filter(technology="4G", retired_on__isnull=True).order_by("public_id")
        )
        wanted = list(sites().order_by("public_id"))
        stated = [[str(s.public_id), s.lon_e6, s.lat_e6, s.height_m] for s in stations]
        run = PredictionRun.objects.create(
            at=act.at, by_label=act.by.label,
            input_digest=digest([stated, [[str(one.public_id), one.lon_e6, one.lat_e6] for one in wanted]]),
        )  # fmt: skip
        near = Near([one.place for one in stations], _WIDEST_M / 4)
        found = [
            _at(run, one.public_id.hex, one.division_code, near.within(one.place, _WIDEST_M / 4), stations)
            for one in wanted
        ]
        Prediction.objects.all().delete()
        Prediction.objects.bulk_create(found, batch_size=500)
        run.counts = {
            "sites": len(found),
            "served": sum(one.has_service for one in found),
            "stations": len(stations),
        }
        run.save(update_fields=["counts"])
        record.note(run=str(run.public_id), **run.counts)
    return run


def _at(
    run: PredictionRun,
    site: str,
    division: str,
    near: Sequence[tuple[int, float]],
    stations: Sequence[Station],
) -> Prediction:
    """Return the prediction at a site: the strongest of the stations within 5 km, none beyond."""
    if not near:
        return Prediction(run=run, site=site, division_code=division, has_service=False)
    levels = [(level_dbm("4G", far, stations[n].height_m), -far, n) for n, far in near]
    level, minus_far, best = max(levels)
    serves = any(far <= reach_m("4G", stations[n].height_m) for n, far in near)
    return Prediction(
        run=run, site=site, division_code=division, has_service=serves, distance_m=round(-minus_far),
        level_dbm=round(level), station=stations[best].public_id,
    )  # fmt: skip
