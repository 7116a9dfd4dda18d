"""Rules of the journal: pure decisions."""
