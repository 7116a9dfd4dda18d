"""Read messy spreadsheets, map, mend, check, and report every problem at its cell.

`check_files` is the way in; `mark_workbook` gives the problems back at their cells, `write_layout` writes facts
in the layout in which they came.
"""
