"""Spreadsheets into the register: staging, applying, undoing, questions, exports."""
