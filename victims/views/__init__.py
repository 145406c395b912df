"""Pages of people sought and found."""
