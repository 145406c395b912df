"""What a log may hold of a request: which of our addresses it met, never the one that was typed.

Somebody types the code of their report, a name or a number after the address of the form; Django writes each address that it
does not find. The log of a server is read by people who see no complaint.
"""

import logging

UNKNOWN = "an address that is none of ours"


class WithoutAddress(logging.Filter):
    """Put the pattern of the address that a request met in the place of the address itself, in what Django and gunicorn log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if isinstance(record.args, tuple):
            met = _pattern(getattr(record, "request", None))
            record.args = tuple(met if _is_address(arg) else arg for arg in record.args)
        return True


def _is_address(arg: object) -> bool:
    return isinstance(arg, str) and (arg.startswith("/") or " /" in arg)  # alone, or in the line of a request


def _pattern(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else UNKNOWN
