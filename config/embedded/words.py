"""What the supervisor says when it will not start: one sentence and a way out."""


class Refusal(Exception):
    """Something only a person can decide; its text is shown as it is."""
