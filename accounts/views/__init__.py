"""Pages of this room: signing in, one's own account, accounts of others, the duty roster, the language."""
