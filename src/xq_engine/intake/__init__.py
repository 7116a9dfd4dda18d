"""Read messy spreadsheets, map, mend, check, and report every problem at its cell."""
