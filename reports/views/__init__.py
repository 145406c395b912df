"""Pages of this room: the work page, the indicators, the situation."""
