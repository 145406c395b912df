"""What is done to publications: prepare, sign, withdraw, and ask what changed since."""

from reports.services.publishing import Asked, advance_publication, prepare

__all__ = ["Asked", "advance_publication", "prepare"]
