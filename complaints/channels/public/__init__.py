"""The public report: a form without account, cookie or script, and the code to come back with (docs/decisions/0032)."""
