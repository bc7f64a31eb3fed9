"""Messages: a few words between two people to arrange that they meet. They fade."""
