"""A browser's long self-description in the few words by which a person knows the device again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# The first that fits: later names also stand in the descriptions of earlier ones.
_BROWSERS = (
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("QQBrowser", _("QQ 浏览器")),
    ("360SE", _("360 浏览器")),
    ("QIHU", _("360 浏览器")),
    ("HuaweiBrowser", _("华为浏览器")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("OpenHarmony", _("鸿蒙")),
    ("HarmonyOS", _("鸿蒙")),
    ("Android", _("安卓")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(description: str) -> str:
    """Return "Windows · Chrome" for what a browser says of itself; what is not known is said to be so."""
    system = next((name for mark, name in _SYSTEMS if mark in description), "")
    browser = next((name for mark, name in _BROWSERS if mark in description), "")
    return " · ".join(str(part) for part in (system, browser) if part) or str(_("认不出的设备"))
