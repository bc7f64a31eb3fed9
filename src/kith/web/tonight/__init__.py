"""What somebody finds when they come in of an evening: what is next, and then it ends."""
