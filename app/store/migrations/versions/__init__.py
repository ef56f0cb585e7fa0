"""One migration a file, from each layout to the next."""
