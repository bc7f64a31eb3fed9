"""The pages of gatherings, and what other programs read of them."""
