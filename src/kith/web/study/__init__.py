"""People take part in a study, or not: what they say yes to, what they are asked, what comes of it."""
