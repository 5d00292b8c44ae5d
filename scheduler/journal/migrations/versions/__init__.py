"""One file a step. A released step is never edited: the next change is the next file."""
