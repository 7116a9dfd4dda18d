"""Template tags of the look: `{% load ui %}`. Each is described in docs/ui.md."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.cards import Empty, Figure, Line
from xiangqiao.kernel.ui.charts.canvas import Chart
from xiangqiao.kernel.ui.drawing import NOTHING, cell_html, icon_svg, meter_html, tag_html, unknown
from xiangqiao.kernel.ui.flow import JobView, TimelineEntry, Verdict
from xiangqiao.kernel.ui.marks import Link, Meter, Tag, Tone
from xiangqiao.kernel.ui.shell import Step, Tab
from xiangqiao.kernel.ui.table_drawing import define_html, table_html
from xiangqiao.kernel.ui.tables import Content, DataTable

register = template.Library()


@register.simple_tag
def constant(template_name: str) -> SafeString:
    """Draw a part that says the same on every page, once in each language."""
    return _constant(template_name, get_language() or "")


@cache
def _constant(template_name: str, language: str) -> SafeString:  # noqa: ARG001 - the key
    return render_to_string(template_name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label only where no word stands beside it."""
    return icon_svg(name, label)


@register.simple_tag(name="tag")
def tag_mark(text: str | Tag, tone: Tone = "grey", icon: str = "") -> SafeString:
    """Draw a state: a Tag, or its words with a tone."""
    one = text if isinstance(text, Tag) else Tag(text, tone, icon)
    return tag_html(one)


@register.filter(name="whole")
def whole_filter(value: int | None) -> str:
    """Write a whole number with commas, or that it is not known."""
    return unknown() if value is None else numbers.whole(value)


@register.filter(name="yuan")
def yuan_filter(fen: int | None) -> str:
    """Write fen as yuan, or that it is not known."""
    return unknown() if fen is None else numbers.yuan(fen)


@register.filter(name="mu")
def mu_filter(hundredths: int | None) -> str:
    """Write hundredths of a mu as mu, or that it is not known."""
    return unknown() if hundredths is None else numbers.mu(hundredths)


@register.filter(name="known")
def known_filter(value: object) -> object:
    """Give the value, or that it is not known when it is None or empty text."""
    return unknown() if value is None or value == "" else value


@register.simple_tag
def meter(share: float | Meter | None, text: str = "", tone: Tone = "green") -> SafeString:
    """Draw a small bar from a share (0 to 1) or a Meter, with the words that say the same."""
    one = share if isinstance(share, Meter) else Meter(share, text, tone)
    return meter_html(one)


@register.simple_tag(name="cell")
def cell_content(value: Content) -> SafeString:
    """Draw the content of a table cell or of a key-value."""
    return cell_html(value)


@register.inclusion_tag("kernel/ui/button.html")
def button(
    text: str,
    *,
    href: str = "",
    kind: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    confirm: str = "",
    dialog: str = "",
    type: str = "submit",
) -> dict[str, object]:
    """Draw a button, or a link that looks like one. `kind`: primary, danger, quietly, little (may be joined)."""
    return locals()


@register.inclusion_tag("kernel/ui/figure.html")
def figure(item: Figure) -> dict[str, object]:
    """Draw a figure card."""
    return {"figure": item}


@register.inclusion_tag("kernel/ui/figures.html")
def figures(items: Sequence[Figure]) -> dict[str, object]:
    """Draw figure cards in a row that wraps."""
    return {"figures": items}


@register.simple_tag(takes_context=True)
def data_table(context: template.Context, table: DataTable) -> SafeString:
    """Draw a data table with its tools, selection and pager."""
    return table_html(table, str(context.get("csrf_token") or "") if table.actions else "")


@register.inclusion_tag("kernel/ui/empty.html")
def empty(item: Empty) -> dict[str, object]:
    """Draw an empty state."""
    return {"empty": item}


@register.inclusion_tag("kernel/ui/lines.html")
def lines(items: Sequence[Line]) -> dict[str, object]:
    """Draw a short list: state, words, who or when."""
    return {"lines": items}


@register.inclusion_tag("kernel/ui/pairs.html")
def key_values(pairs: Sequence[tuple[str, Content]]) -> dict[str, object]:
    """Draw names with their values."""
    return {"pairs": pairs}


@register.inclusion_tag("kernel/ui/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, object]:
    """Draw a timeline, newest first as given."""
    return {"entries": entries}


@register.inclusion_tag("kernel/ui/verdicts.html")
def verdicts(items: Sequence[Verdict]) -> dict[str, object]:
    """Draw verdicts with their reasons."""
    return {"verdicts": items}


@register.inclusion_tag("kernel/ui/steps.html")
def stepper(items: Sequence[Step], label: str = "") -> dict[str, object]:
    """Draw the steps of a wizard."""
    return {"steps": items, "label": label}


@register.inclusion_tag("kernel/ui/tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, object]:
    """Draw tabs (links)."""
    return {"tabs": items, "label": label}


@register.inclusion_tag("kernel/ui/crumbs.html")
def breadcrumb(items: Sequence[Link]) -> dict[str, object]:
    """Draw where the page stands; an item without address is the page itself."""
    return {"crumbs": items}


@register.inclusion_tag("kernel/ui/job.html", takes_context=True)
def job_progress(context: template.Context, job: JobView) -> dict[str, object]:
    """Draw a job; while it is open the part asks for itself again."""
    return {"job": job, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kernel/ui/chart.html")
def chart(item: Chart, note: str = "") -> dict[str, object]:
    """Draw a chart with its numbers as a table."""
    return {"chart": item, "note": note}


@register.inclusion_tag("kernel/ui/person.html")
def person(name: str, line: str = "", detail: str = "", href: str = "") -> dict[str, object]:
    """Draw a person: a round mark with the first character of the name, name and office."""
    return {"name": name, "line": line, "detail": detail, "href": href, "first": name[:1]}


@register.inclusion_tag("kernel/ui/field.html")
def field(bound: BoundField, mend: str = "", wide: bool = False) -> dict[str, object]:  # noqa: FBT001, FBT002 - template
    """Draw a form field: label, required mark, help, widget, error and how to mend it."""
    widget = bound.field.widget
    single = getattr(widget, "input_type", "") == "checkbox" and not widget.use_fieldset
    return {"field": bound, "mend": mend, "single": single, "is_set": widget.use_fieldset, "wide": wide}


@register.inclusion_tag("kernel/ui/form_errors.html")
def form_errors(form: object) -> dict[str, object]:
    """Draw the summary of what is wrong in a form, each line leading to its field."""
    return {"form": form}


@register.inclusion_tag("kernel/ui/dropzone.html")
def dropzone(
    name: str, *, title: str = "", help: str = "", accept: str = "", multiple: bool = False, error: str = ""
) -> dict[str, object]:
    """Draw a place to drop files on; an ordinary file field without scripts."""
    return locals()


@register.simple_block_tag
def card(
    content: str, title: str = "", more: str = "", href: str = "", css: str = "", id: str = ""
) -> SafeString:
    """Draw a card around the block; `more` with `href` is the link at its head."""
    head: SafeString = NOTHING
    if title or more:
        link = (
            format_html('<a class="card-more" href="{}">{}</a>', href, more)
            if href
            else format_html('<span class="card-more soft">{}</span>', more)
        )
        head = format_html('<div class="card-head"><h2>{}</h2>{}</div>', title, link if more else "")
    named = format_html(' id="{}"', id) if id else NOTHING
    return format_html('<section class="card {}"{}>{}{}</section>', css, named, head, content)


@register.simple_block_tag
def note(content: str, tone: Tone = "blue", title: str = "", icon: str = "") -> SafeString:
    """Draw a note in a tone around the block."""
    marks: dict[str, str] = {"green": "circle-check", "orange": "alert-triangle", "red": "circle-x"}
    head = format_html('<div class="note-title">{}</div>', title) if title else NOTHING
    return format_html(
        '<div class="note tone-{}">{}<div class="note-text">{}{}</div></div>',
        tone,
        icon_svg(icon or marks.get(tone, "info-circle")),
        head,
        content,
    )


@register.simple_block_tag
def define(content: str, word: str = "") -> SafeString:
    """Draw the meaning of a figure behind a word (口径 unless another is given)."""
    return define_html(mark_safe(content), word)  # noqa: S308 - what the template drew


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """Draw a dialog that a button with `dialog=` opens; the block brings its own form and buttons."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>{2}</dialog>',
        id,
        title,
        content,
    )


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: template.Context,
    content: str,
    target: str = "",
    reset: str = "",
    label: str = "",
    also: str = "",
) -> SafeString:
    """Draw a GET form of filters; with `target` (an id) only that part of the page is fetched again, and `also`."""
    # The bare path: an empty address would keep the old filters and the place in the list.
    path = getattr(context.get("request"), "path", "")
    live = (
        format_html(
            ' hx-get="{1}" hx-trigger="change, submit" hx-select="#{0}" hx-target="#{0}" hx-swap="outerHTML" hx-push-url="true"{2}',
            target,
            path,
            format_html(' hx-select-oob="#{}"', also) if also else NOTHING,
        )
        if target and path
        else NOTHING
    )
    clear = (
        format_html('<a class="button quietly" href="{}">{}</a>', reset, _("清除条件")) if reset else NOTHING
    )
    return format_html(
        '<form class="filters" method="get" role="search" aria-label="{}"{}>{}'
        '<div class="filters-end"><button class="button" type="submit">{}{}</button>{}</div></form>',
        label or _("筛选"),
        live,
        content,
        icon_svg("filter"),
        _("筛选"),
        clear,
    )
