"""Shapes of what the register is asked, by noun."""
