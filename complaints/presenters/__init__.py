"""What pages show of complaints: flat strings prepared once, so that templates only lay them out."""
