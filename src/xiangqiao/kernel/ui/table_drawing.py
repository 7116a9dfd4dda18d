"""The data table as HTML, drawn without the template engine.

Fifty rows of eight cells cost the template engine some twenty milliseconds and this about one and a half.
Whatever comes from data goes through `conditional_escape` (the parts of `drawing` do it themselves).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.drawing import cell_html, icon_svg
from xiangqiao.kernel.ui.numbers import whole
from xiangqiao.kernel.ui.tables import Column, DataTable, Head, Row


def table_html(table: DataTable, csrf_token: str = "") -> SafeString:
    """Draw a table with its tools, selection and pager."""
    parts = [f'<div id="{esc(table.id)}" class="data-table">\n', *_tools(table)]
    if not table.rows and table.empty:
        parts.append(render_to_string("kernel/ui/empty.html", {"empty": table.empty}))
    else:
        if table.actions:
            parts.append(
                '<form method="post" data-picking><input type="hidden" name="csrfmiddlewaretoken"'
                f' value="{esc(csrf_token)}">'
            )
        parts += [*_frame(table), *_picked(table), *_pager(table)]
    parts.append("</div>")
    return mark_safe("".join(parts))  # noqa: S308 - every part of it is escaped where it is made


def _tools(table: DataTable) -> Iterator[str]:
    if not table.has_tools:
        return
    yield '<div class="table-tools">'
    if table.total is not None:
        words = _("共 %(n)s %(noun)s") % {"n": whole(table.total), "noun": table.noun}
        yield f'<span class="table-count">{esc(words)}</span>'
    yield '<span class="spread"></span>'
    if table.chooser:
        word = esc(_("选列"))
        yield f'<details class="drop needs-js" data-away data-columns="{esc(table.id)}">'
        yield f'<summary class="button little">{icon_svg("columns-3")}{word}</summary><div class="drop-panel">'
        for column in table.columns[1:]:
            yield f'<label><input type="checkbox" checked data-column="{esc(column.key)}">{esc(column.title)}</label>'
        yield "</div></details>"
    for one in table.exports:
        yield f'<a class="button little" href="{esc(one.href)}">{icon_svg(one.icon)}{esc(one.text)}</a>'
    yield "</div>\n"


def _frame(table: DataTable) -> Iterator[str]:
    caption = esc(table.caption)
    looks = f"table{' tall' if table.tall else ''}{' folds' if table.folds else ''}"
    yield f'<div class="table-frame" role="region" aria-label="{caption}" tabindex="0">\n'
    yield f'<table class="{looks}" data-walk><caption class="quiet">{caption}</caption><thead><tr>'
    if table.actions:
        label = esc(_("选中本页全部"))
        yield '<td class="pick"><label class="needs-js"><input type="checkbox" data-pick-page'
        yield f' aria-label="{label}"></label></td>'
    for head in table.heads():
        yield _head(head)
    yield "</tr></thead>\n<tbody>"
    opens = [_cell_opening(column) for column in table.columns]
    pick = esc(_("选中")) if table.actions else ""
    for row in table.rows:
        yield _row(row, opens, pick)
    if not table.rows:
        words = esc(_("没有符合条件的记录，请放宽筛选条件再看。"))
        yield f'<tr><td colspan="{len(table.columns)}" class="soft">{words}</td></tr>'
    yield "</tbody></table></div>\n"


def _head(head: Head) -> str:
    column = head.column
    title = str(esc(column.title))
    if column.unit:
        title += f'<span class="unit">{esc(column.bracketed_unit)}</span>'
    if head.href:
        on = " data-on" if head.direction else ""
        title = f'<a class="sort" href="{esc(head.href)}"{on}>{title}{icon_svg(head.icon)}</a>'
    if column.meaning:
        title += f" {define_html(esc(column.meaning))}"
    css = ' class="num"' if column.numeric else ""
    sorts = f' aria-sort="{head.direction}"' if head.direction else ""
    return f'<th scope="col" data-column="{esc(column.key)}"{css}{sorts}>{title}</th>\n'


def define_html(meaning: SafeString, word: str = "") -> SafeString:
    """Draw the meaning of a figure (already escaped) behind a word (口径 unless another is given)."""
    title = esc(word or _("口径"))
    summary = f"{icon_svg('info-circle')}{title}"
    return mark_safe(  # noqa: S308 - both parts are escaped
        f'<details class="define" data-away><summary>{summary}</summary>'
        f'<div class="define-text">{esc(meaning)}</div></details>'
    )


def _cell_opening(column: Column) -> str:
    """Return the start of each cell of a column, made once for all rows."""
    head = esc(column.title + column.bracketed_unit)
    css = ' class="num"' if column.numeric else ""
    return f'<td data-head="{head}" data-column="{esc(column.key)}"{css}>'


def _row(row: Row, opens: list[str], pick: str) -> str:
    href = esc(row.href)
    parts = [f'<tr data-href="{href}">' if href else "<tr>"]
    if pick:
        parts.append(
            f'<td class="pick"><label><input type="checkbox" name="picked" value="{esc(row.key)}"'
            f' aria-label="{pick} {esc(row.label or row.key)}"></label></td>'
        )
    first, *rest = row.cells
    inner = cell_html(first)
    parts.append(
        f'<th scope="row"><a class="row-link" href="{href}">{inner}</a></th>'
        if href
        else f'<th scope="row">{inner}</th>'
    )
    parts += [f"{start}{cell_html(value)}</td>" for start, value in zip(opens[1:], rest, strict=True)]
    parts.append("</tr>\n")
    return "".join(parts)


def _picked(table: DataTable) -> Iterator[str]:
    if not table.actions:
        return
    words = esc(_("已选 {n} 条"))
    yield f'<div class="picked"><span data-picked-count data-words="{words}" class="needs-js" aria-live="polite"></span>'
    if table.total:
        all_words = esc(_("选中符合条件的全部 %(n)s 条") % {"n": whole(table.total)})
        yield '<label class="check"><input type="checkbox" name="all_matching"'
        yield f' value="{esc(table.filters or "all")}" data-pick-all> {all_words}</label>'
    yield '<span class="spread">'
    for one in table.actions:
        danger = " danger" if one.danger else ""
        confirm = f' data-confirm="{esc(one.confirm)}"' if one.confirm else ""
        yield f'<button class="button little{danger}" type="submit" formaction="{esc(one.url)}"{confirm}>'
        yield f"{icon_svg(one.icon)}{esc(one.text)}</button>"
    yield "</span></div></form>"


def _pager(table: DataTable) -> Iterator[str]:
    if not table.pager:
        return
    # Outside of the f-strings, into which the gathering of messages does not look.
    label, keys, back, on = (
        esc(_("翻页")), esc(_("按 j、k 上下走，回车打开")), esc(_("上一页")), esc(_("下一页"))
    )  # fmt: skip
    yield f'<nav class="pager" aria-label="{label}">'
    yield f'<span class="needs-js">{keys}</span><span class="spread">'
    if before := table.previous_href:
        yield f'<a class="button little" href="{esc(before)}" rel="prev">'
        yield f"{icon_svg('chevron-left')}{back}</a>"
    if after := table.next_href:
        yield f'<a class="button little" href="{esc(after)}" rel="next">'
        yield f"{on}{icon_svg('chevron-right')}</a>"
    yield "</span></nav>"
