"""Pure decisions of commerce: states, weights and prices, shares, the drawer, loans, who can trade."""
