"""Formulas of a workbook reckoned: for the values that a new one carries, and to see whether stored ones still hold."""
