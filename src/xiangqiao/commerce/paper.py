"""Slips and receipts as PDF, on paper 58 mm wide."""

from __future__ import annotations

from pathlib import Path

from weasyprint import CSS, HTML

STYLES = Path(__file__).parent / "static" / "commerce" / "slip.css"


def as_pdf(html: str) -> bytes:
    """Return a slip as PDF. Nothing is fetched: the page's own style sheet is handed over."""
    body: bytes = HTML(string=html, url_fetcher=_nothing).write_pdf(stylesheets=[CSS(filename=str(STYLES))])
    return body


def _nothing(url: str) -> dict[str, object]:
    return {"string": "", "mime_type": "text/plain", "redirected_url": url}
