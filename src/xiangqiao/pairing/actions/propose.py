"""Compute pairs and keep them as proposals: nothing is paired by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.values import digest
from xiangqiao.pairing.models import Cadre, Proposal, Run
from xiangqiao.pairing.queries import PairingInput, pairing_input
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from xq_engine.pairing.result import PairingResult
    from xq_engine.pairing.verify import Certificate

Pace = Callable[[int, int], None]
_ROWS = 1000


def propose(
    *, act: Act, viewer: AnyViewer, division_code: str, as_of: date, progress: Pace | None = None
) -> Run:
    """Pair every household that needs a cadre at least cost and keep the proof with the proposals.

    An earlier run of the same division that nobody closed is discarded. Raises NotAllowed without the post, and
    ActionError where no household needs a cadre or the proof does not hold.
    """
    viewer.demand(Can.RUN_PAIRING, division_code)
    # The solver is heavy: it is loaded when a run is asked for, not with the web process.
    from xq_engine.pairing.pair import pair
    from xq_engine.pairing.verify import verify

    asked = pairing_input(viewer, division_code=division_code, on=as_of)
    if not asked.households:
        raise ActionError("pairing.nobody", _("这里没有需要结对的农户：先导入台账，或换一个地方。"))
    result = pair(asked.households, asked.cadres, asked.orders)
    certificate = verify(result.problem, result)
    if not certificate.holds:
        raise ActionError("pairing.unproved", _("核对没有通过，方案没有保存：") + certificate.words())
    return _keep(act, division_code, as_of, asked, result, certificate, progress)


def _keep(
    act: Act,
    division_code: str,
    as_of: date,
    asked: PairingInput,
    result: PairingResult,
    certificate: Certificate,
    progress: Pace | None,
) -> Run:
    counts = {"paired": len(result.assignments), "unpaired": len(result.unpaired), "moved": result.moved}
    with transaction.atomic():
        Run.objects.filter(division_code=division_code, state=Run.State.PROPOSED).update(state=Run.State.DISCARDED)
        run = Run.objects.create(
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
            counts=counts,
        )
        rows = _proposals(run, asked, result)
        for first in range(0, len(rows), _ROWS):
            Proposal.objects.bulk_create(rows[first : first + _ROWS])
            if progress:
                progress(min(first + _ROWS, len(rows)), len(rows))
        with recording("pairing.proposed", act, division_code=division_code, run=run.public_id, **counts):
            pass
    return run


def _proposals(run: Run, asked: PairingInput, result: PairingResult) -> list[Proposal]:
    from xq_engine.pairing.reasons import all_reasons  # as above

    reasons = all_reasons(result)
    cadres = {str(key): pk for key, pk in Cadre.objects.values_list("public_id", "pk")}
    paired = [
        Proposal(
            run=run,
            household=row.household,
            division_code=asked.villages[row.household],
            cadre_id=cadres[row.cadre],
            cost=row.parts.total,
            reasons=[_plain(reason) for reason in reasons[row.household]],
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
