"""What a public offer may say of itself."""

from __future__ import annotations

KIND = "commerce.offer"
# An offer is for sale and so is shown for at most this long before somebody looks at it again.
KEEP_DAYS = 365
