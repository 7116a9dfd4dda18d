"""Long work of the desk: many cards in one PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.desk.card import card_context, cards_pdf
from xiangqiao.kernel import clock, jobs
from xiangqiao.people.queries import household as household_named

PRINT_CARDS = "desk.print_cards"
# Cards name people: the file is kept for the way to the printer and no longer. docs/operator.md, "files".
KEPT_SECONDS = 24 * 3600
_CHUNK = 20


def cards_file(job_id: UUID) -> Path:
    """Return where the cards of a job lie."""
    return Path(settings.HOME) / "files" / "cards" / f"{job_id}.pdf"


def drop_old_cards(now: datetime) -> None:
    """Delete the files of cards that are older than a day."""
    for path in cards_file(UUID(int=0)).parent.glob("*"):
        if now.timestamp() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


@jobs.kind(
    PRINT_CARDS,
    title=_("打印明白卡"),
    result_url=lambda job: reverse("desk:finished_cards", args=[job.public_id]),
)
def print_cards(run: jobs.Running) -> None:
    """Write the cards of the job's households into one PDF; who asked was let in to each when the job began."""
    viewer, today = SystemViewer("打印明白卡"), clock.today()
    drop_old_cards(clock.now())
    wanted = run.params["households"]
    with translation.override(run.params.get("language") or settings.LANGUAGE_CODE):
        cards = []
        for place, key in enumerate(wanted, start=1):
            address = run.params["address"].rstrip("/") + reverse("desk:household", args=[key])
            try:
                home = household_named(viewer, UUID(key), today=today)
            except ObjectDoesNotExist:
                continue
            cards.append(card_context(viewer, home, today=today, check_url=address))
            if place % _CHUNK == 0:
                run.advance(place, total=len(wanted))
        body = cards_pdf(cards)
    path = cards_file(run.job.public_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(body)
    part.replace(path)
    with translation.override(run.params.get("language") or settings.LANGUAGE_CODE):
        kept = gettext("文件保留 24 小时，请及时下载打印，过后自动删除。")
    run.advance(len(wanted), total=len(wanted), message=kept)
