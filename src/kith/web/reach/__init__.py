"""Reach: a human voice at the worst hour. For now the lines that are always open, offline too."""
