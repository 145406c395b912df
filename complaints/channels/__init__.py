"""Ways by which word reaches us without an officer typing it in."""
