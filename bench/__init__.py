"""Measurements against the goals of speed; each prints a table and asserts nothing."""
