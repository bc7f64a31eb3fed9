"""Words and forms of date, language by language."""
