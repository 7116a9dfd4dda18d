"""Writes of the register, by noun."""
