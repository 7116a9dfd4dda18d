"""Backup of a county: one sealed archive, from which an empty machine becomes the county again."""
