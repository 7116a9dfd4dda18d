"""The household page: what each floor says of one household."""
