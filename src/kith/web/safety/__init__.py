"""Safety: keep one's distance, tell a steward, and what protects those who are new."""
