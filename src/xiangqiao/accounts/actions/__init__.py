"""Writes of accounts: one function a verb."""
