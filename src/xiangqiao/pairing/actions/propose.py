"""Compute pairs and keep them as proposals: nothing is paired by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.values import digest
from xiangqiao.pairing.models import Cadre, Proposal, Run
from xiangqiao.pairing.queries import PairingInput, pairing_input

if TYPE_CHECKING:
    from xq_engine.pairing.problem import Weights
    from xq_engine.pairing.result import CadreLoad, PairingResult
    from xq_engine.pairing.verify import Certificate

Pace = Callable[[int, int], None]
_ROWS = 1000
# Cadres named as those with whom one place more helps most.
_HELPING = 5


def propose(
    *,
    act: Act,
    viewer: AnyViewer,
    division_code: str,
    as_of: date,
    weights: Mapping[str, int] | None = None,
    progress: Pace | None = None,
) -> Run:
    """Pair every household that needs a cadre at least cost and keep the proof with the proposals.

    `weights` replaces points of the engine's `Weights` by name; they are kept with the run. The proof is checked against
    the problem read from the database a second time. An earlier run of the same division that nobody closed is discarded.
    Raises NotAllowed without the post, and ActionError where no household needs a cadre, a weight makes no sense, or
    the proof does not hold.
    """
    viewer.demand(Can.RUN_PAIRING, division_code)
    # The solver is heavy: it is loaded when a run is asked for, not with the web process.
    from xq_engine.pairing.pair import pair
    from xq_engine.pairing.problem import Problem
    from xq_engine.pairing.verify import verify

    points = _weights(weights or {})
    asked = pairing_input(viewer, division_code=division_code, on=as_of)
    if not asked.households:
        raise ActionError("pairing.nobody", _("这里没有需要结对的农户：先导入台账，或换一个地方。"))
    result = pair(asked.households, asked.cadres, asked.orders, points)
    again = pairing_input(viewer, division_code=division_code, on=as_of)
    certificate = verify(Problem(again.households, again.cadres, again.orders, points), result)
    if not certificate.holds:
        raise ActionError(
            "pairing.unproved",
            _("核对没有通过，方案没有保存。台账可能刚刚变过，请再算一次。")
            + certificate.words(_engine_language()),
        )
    with recording("pairing.proposed", act, division_code=division_code) as record:
        run = _run(act, division_code, as_of, asked, result, certificate)
        _keep(_proposals(run, asked, result), progress)
        record.note(run=run.public_id, objective=run.objective, **run.counts)
    return run


def _weights(given: Mapping[str, int]) -> Weights:
    from xq_engine.pairing.problem import PairingError, Weights  # as above

    try:
        return Weights(**given)
    except (PairingError, TypeError) as error:
        said = getattr(error, _engine_language(), str(error))
        raise ActionError("pairing.weights", said, field="weights") from error


def _engine_language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _run(
    act: Act,
    division_code: str,
    as_of: date,
    asked: PairingInput,
    result: PairingResult,
    certificate: Certificate,
) -> Run:
    Run.objects.filter(division_code=division_code, state=Run.State.PROPOSED).update(
        state=Run.State.DISCARDED
    )
    kept = len(_stays(result))
    return Run.objects.create(
        division_code=division_code,
        as_of=as_of,
        at=act.at,
        by_label=act.by.label,
        input_digest=digest([repr(asked.households), repr(asked.cadres), repr(asked.orders)]),
        weights=asdict(result.problem.weights),
        objective=result.objective,
        optimal=result.optimal and certificate.holds,
        certificate={
            "zh": certificate.words("zh"),
            "en": certificate.words("en"),
            "primal": certificate.primal,
            "dual": certificate.dual,
            "pairs_checked": certificate.pairs_checked,
        },
        counts={
            "paired": len(result.assignments),
            "unpaired": len(result.unpaired),
            "moved": result.moved,
            "kept": kept,
            "one_more": _one_more(result),
        },
    )


def _one_more(result: PairingResult) -> list[list[Any]]:
    """Cadres with whom one place more would help most, as (public id, points saved), the most first."""
    helping = sorted((load for load in result.loads if load.one_more_saves > 0), key=_by_saving)
    return [[load.cadre, load.one_more_saves] for load in helping[:_HELPING]]


def _by_saving(load: CadreLoad) -> tuple[int, str]:
    return -load.one_more_saves, load.cadre


def _keep(rows: list[Proposal], progress: Pace | None) -> None:
    for first in range(0, len(rows), _ROWS):
        Proposal.objects.bulk_create(rows[first : first + _ROWS])
        if progress:
            progress(min(first + _ROWS, len(rows)), len(rows))


def _stays(result: PairingResult) -> set[str]:
    """Households that keep the cadre they have: nothing is to be decided about them."""
    now = {row.key: row.current_cadre for row in result.problem.households}
    return {row.household for row in result.assignments if now[row.household] == row.cadre}


def _proposals(run: Run, asked: PairingInput, result: PairingResult) -> list[Proposal]:
    from xq_engine.pairing.reasons import all_reasons  # as above

    reasons = all_reasons(result)
    stays = _stays(result)
    cadres = {str(key): pk for key, pk in Cadre.objects.values_list("public_id", "pk")}
    paired = [
        Proposal(
            run=run,
            household=row.household,
            division_code=asked.villages[row.household],
            cadre_id=cadres[row.cadre],
            cost=row.parts.total,
            reasons=[_plain(reason) for reason in reasons[row.household]],
            state=Proposal.State.KEPT if row.household in stays else Proposal.State.OPEN,
        )
        for row in result.assignments
    ]
    return paired + [
        Proposal(
            run=run,
            household=row.household,
            division_code=asked.villages[row.household],
            why_unpaired=str(row.why),
            state=Proposal.State.NO_CADRE,
        )
        for row in result.unpaired
    ]


def _plain(reason: Any) -> dict[str, Any]:
    return {"code": reason.code, "parameters": reason.parameters}
