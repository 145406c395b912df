"""What pages show of suspects and of case files."""
