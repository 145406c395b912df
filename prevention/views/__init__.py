"""Pages of this room: surveys with their results, the entry of answers, sheets; activities."""
