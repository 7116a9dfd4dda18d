"""Template filters of the desk."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def alone(item: object) -> list[object]:
    """Return one thing as a list of one, for parts that draw lists.

    >>> alone(3)
    [3]
    """
    return [item]
