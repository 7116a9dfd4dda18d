"""Text that leaves in a spreadsheet must never run as a formula there."""

import re

_TRIGGER = re.compile(r"^[\s\u3000]*[=+\-@＝＋－＠]|^[\t\r\n]")
_GUARDED = re.compile(r"^'(?='*[\s\u3000]*[=+\-@＝＋－＠]|'*[\t\r\n])")


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet could take for a formula.

    Source: OWASP, CSV Injection; the full-width signs because Excel's East Asian editions read them alike.

    >>> neutralise("=HYPERLINK(1)"), neutralise("张三")
    ("'=HYPERLINK(1)", '张三')
    """
    # Text that already begins so gets one more, so that `restore` gives back exactly what was there.
    return f"'{text}" if _TRIGGER.match(text) or _GUARDED.match(text) else text


def restore(text: str) -> str:
    """Take away the apostrophe that `neutralise` put.

    >>> restore("'=1"), restore("'abc")
    ('=1', "'abc")
    """
    return _GUARDED.sub("", text)
