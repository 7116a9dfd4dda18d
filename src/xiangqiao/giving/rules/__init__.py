"""Pure decisions of giving."""
