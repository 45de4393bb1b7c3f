"""Spreadsheets as CSV, in and out: what the headers mean, what a cell is worth, and back."""
