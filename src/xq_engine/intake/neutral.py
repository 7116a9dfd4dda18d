"""Text that leaves in a spreadsheet must never run as a formula there."""

import re

# What a spreadsheet passes over or does not show before the sign: blanks, control characters, zero-width and other
# formatting characters, the byte order mark.
_UNSEEN = (
    r"[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
_SIGN = r"[=+\-@＝＋－＠]"
_TRIGGER = re.compile(rf"^{_UNSEEN}*{_SIGN}|^[\t\r\n]")
_GUARDED = re.compile(rf"^'(?='*{_UNSEEN}*{_SIGN}|'*[\t\r\n])")


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
