"""One module for each format: its `FORMATS` are found without a list. Modules of a kind begin with what they export."""
