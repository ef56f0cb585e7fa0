"""What the engine found, as JSON."""
