"""Reads of the register, by noun."""
