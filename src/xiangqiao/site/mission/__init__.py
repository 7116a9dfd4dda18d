"""The mission, statement by statement: what was said of 2016, what the records show of that day and of today."""
