"""The publication guard: the only way to a public page.

A public list is a typed thing, not a file. The app says once which columns a kind of list may show, and how; the guard
refuses the rest, looks for numbers of persons in every text and attachment, and lets nothing out before a second person
approved exactly what will be seen, until a day on which it disappears.

    from xiangqiao.kernel import publication as guard

    NEEDS = guard.Kind(
        code="giving.need",
        title=gettext_noop("需求榜"),
        columns=(
            guard.Column("need", gettext_noop("需要什么")),
            guard.Column("township", gettext_noop("乡镇"), guard.Of.TOWNSHIP),
            guard.Column("quantity", gettext_noop("数量"), guard.Of.COUNT),
        ),
        name_rule=guard.NameRule.NONE,      # FULL (only where law says so), SURNAME (钟某), NONE
        quasi=("township",), k=3,           # at least three rows alike in these columns
        keep_days=180,                      # the longest time until withdrawal
        open_numbers=("0797-6832211",),     # office phones that are meant to be public
    )

    one = guard.submit(act=act, kind=NEEDS, title="…", rows=[{…}, …], withdraw_on=day, attachments=[guard.Attachment(name, data)],
                       private=["钟立新", …], subject=appeal.public_id, division_code=…)   # raises guard.LeakFound (.findings)
    guard.approve(act=other_act, kind=NEEDS, publication=one)    # another person; `act.reason` where doubts were found
    guard.send_back(act=…, publication=one); guard.withdraw(act=…, publication=one)       # both need `act.reason`
    guard.take_off(act=…, public_id=row.notice)                      # whichever of the two fits: its matter is over
    for one in guard.visible("giving.need", now):                # a QuerySet: filter by division_code, subject
        shown = guard.contents(one)                              # proves the content's hash; columns, rows, files

What the app does: check the posts (`permit(act, Can.RAISE_APPEAL)` to submit, `Can.APPROVE_PUBLICATION` to approve), hand over in
`private` what the register knows of the persons concerned, say `{"minor": True}` in a row about somebody under 18, and show
`finding.where`, `.what`, `.mend` beside the form (`guard.examine(kind, title=, rows=, attachments=, private=)` answers without
keeping anything). A single free text (an answer, an appeal) is a list of one row. Idempotency is the act's key.

What is found (`scan`, pure, no Django): ID numbers of 18 and 15 characters, also split, in full-width or Chinese numerals, masked,
or their tail beside a name; disability certificates; phones; bank cards and accounts; contacts; in attachments (xlsx with
hidden sheets, docx, pptx, csv, txt, pdf, pictures' metadata with GPS) and in file names. Files that cannot be looked into are refused.
Names follow the rule and never stand for a minor, nor beside an illness. A finding that is not `certain` does not
stop a list: the second person sees it (`guard.doubts(one)`) and must say why it may stay.
What is not found: a name in free text that the register does not know; what a picture shows. The second person looks.
"""

from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.publication.actions import approve, send_back, submit, take_off, withdraw
from xiangqiao.kernel.publication.examine import examine
from xiangqiao.kernel.publication.files import Attachment
from xiangqiao.kernel.publication.findings import Finding, LeakFound
from xiangqiao.kernel.publication.kinds import Column, Kind, NameRule, Of
from xiangqiao.kernel.publication.queries import Contents, contents, doubts, of_subject, visible, waiting

__all__ = [
    "Attachment",
    "Column",
    "Contents",
    "Finding",
    "Kind",
    "LeakFound",
    "NameRule",
    "Of",
    "Publication",
    "approve",
    "contents",
    "doubts",
    "examine",
    "of_subject",
    "send_back",
    "submit",
    "take_off",
    "visible",
    "waiting",
    "withdraw",
]
