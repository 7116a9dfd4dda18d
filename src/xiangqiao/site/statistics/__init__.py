"""Statistics for everybody: monthly totals of the programmes, small numbers withheld."""
