"""Files of operators on their way in: read, understood, compared with what is there."""
