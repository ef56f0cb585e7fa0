"""The competitors: each builds the common start and takes training steps from there."""
