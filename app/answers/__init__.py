"""Results of the engine as JSON."""
