"""Judges things by the company's standards. Pure: reads no file, no database and no clock."""
