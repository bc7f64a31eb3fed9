"""My plan: when this moment comes, I go to this person, and if not, then this."""
