"""Commands for those who build and translate kith."""
