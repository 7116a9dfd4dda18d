"""明白卡 as PDF: one household at once, many as a job."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import What, note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.desk import tasks
from xiangqiao.desk.card import card_context, cards_pdf
from xiangqiao.desk.household_list import order_of, wanted_rows
from xiangqiao.desk.pages.export import picked
from xiangqiao.kernel import jobs
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.people.queries import household as household_named

MOST_CARDS = 2_000


@page(Can.READ_REGISTER)
@require_GET
def card(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Print the card of a household the person may see; that it was printed is recorded."""
    viewer, today = request.viewer, request.viewer.today
    try:
        home = household_named(viewer, public_id, today=today)
    except ObjectDoesNotExist:
        raise Http404(_("没有这一户，或者不在您的辖区。")) from None
    address = request.build_absolute_uri(reverse("desk:household", args=[public_id]))
    body = cards_pdf([card_context(viewer, home, today=today, check_url=address)])
    note_viewing(viewer, [home.public_id], what=What.PRINT, now=request.now)
    answer = HttpResponse(body, content_type="application/pdf")
    # A number typed into a spreadsheet may hold quotes and line breaks.
    name = "".join(sign for sign in home.household_no if sign.isalnum() or sign in "-_")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=f"card-{name}.pdf") or "inline"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@page(Can.EXPORT)
@require_POST
def start_cards(request: DeskRequest) -> HttpResponse:
    """Start the printing of many cards as a job; its page shows how far it is."""
    query, keys = picked(request)
    rows = wanted_rows(request.viewer, query.dict()) & wanted_rows(
        request.viewer, query.dict(), act=Can.EXPORT
    )
    if keys is not None:
        rows = rows.filter(public_id__in=keys)
    _sort, column, descending = order_of(query)
    sign = "-" if descending else ""
    ids = list(
        rows.order_by(f"{sign}{column}", f"{sign}id").values_list("public_id", flat=True)[: MOST_CARDS + 1]
    )
    if not ids or len(ids) > MOST_CARDS:
        raise ActionError(
            "cards.count",
            _("一次可以打印 1 到 %(most)d 户的明白卡。请按村筛选后分次打印。") % {"most": MOST_CARDS},
        )
    note_viewing(request.viewer, ids, what=What.PRINT, now=request.now)
    job = jobs.start(
        tasks.PRINT_CARDS,
        owner=request.viewer.public_id,
        total=len(ids),
        households=[str(one) for one in ids],
        address=request.build_absolute_uri("/"),
        language=get_language(),
    )
    return HttpResponseRedirect(reverse("job", args=[job.public_id]))


@page(Can.EXPORT)
@require_GET
def finished_cards(request: DeskRequest, job_id: UUID) -> HttpResponseBase:
    """Hand out the cards of one's own finished job, while one's posts still reach every household in it."""
    tasks.drop_old_cards(request.now)
    job = jobs.present(job_id)
    path = tasks.cards_file(job_id)
    if job is None or job.owner != request.viewer.public_id or not path.exists():
        raise Http404(_("没有这份文件：不是您打印的，或者已过 24 小时，自动删除了。请重新打印。"))
    wanted = job.params["households"]
    reached = households(
        request.viewer, HouseholdFilter(closed="1"), extra=Q(public_id__in=wanted), act=Can.EXPORT
    )
    if reached.count() < len(wanted):
        raise Http404(_("里面有的户已经不在您的辖区，请重新打印。"))
    return FileResponse(path.open("rb"), content_type="application/pdf", filename="cards.pdf")
