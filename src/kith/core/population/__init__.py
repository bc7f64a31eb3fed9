"""A town: where people live, with whom, when they are free, and who is what to whom."""
