"""Public pages of commerce: read and ordered from without signing in, and without scripts."""
