"""Office pages of policy."""
