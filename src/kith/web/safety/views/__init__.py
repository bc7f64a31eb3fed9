"""Pages about safety."""
