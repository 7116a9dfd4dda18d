"""Networks and what they cover: coordinates and their datums, station lists, prediction, evidence, plans. Knows no Django."""
