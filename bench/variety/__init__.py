"""The rows of a database that holds everything an indicator counts: drawn from the number of each row, written by INSERT … SELECT."""
