"""The competitors: each builds the common start in its own way and takes training steps from there."""
