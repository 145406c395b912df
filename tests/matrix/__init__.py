"""Every route × method × role × row: what the table says, the world it is tried in, and the walk."""
