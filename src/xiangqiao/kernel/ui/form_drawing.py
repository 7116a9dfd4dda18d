"""Choices of forms as HTML, drawn without the template engine: a list's filters hold hundreds of options.

The same markup as Django's own widget templates; `FORM_RENDERER` in the settings names it for every form of the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class HouseForms(DjangoTemplates):
    """Draws choices itself and leaves the rest to Django's templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Return the HTML of a widget or form."""
        if template_name == SELECT:
            return select_html(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - drawn by a template


def select_html(widget: Mapping[str, Any]) -> SafeString:
    """Draw a choice from what Django's widget says of it."""
    parts = [f'<select name="{esc(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _place in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{esc(group)}">')
        parts += [
            f'<option value="{esc(str(one["value"]))}"{_attributes(one["attrs"])}>{esc(one["label"])}</option>'
            for one in options
        ]
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return mark_safe("".join(parts))  # noqa: S308 - every part of it was escaped right above


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {esc(name)}" if value is True else f' {esc(name)}="{esc(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )
