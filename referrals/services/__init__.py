"""Send referrals, answer them, watch their clocks, and the links for partners without an account."""

from referrals.services.answer import advance
from referrals.services.care import keep_care
from referrals.services.checks import obstacle, obstacles
from referrals.services.incoming import report
from referrals.services.send import send, send_many

__all__ = ["advance", "keep_care", "obstacle", "obstacles", "report", "send", "send_many"]
