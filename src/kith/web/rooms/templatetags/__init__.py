"""Template tags of rooms."""
