"""The pure half: values in, values out. No Django, files, clock, network or global dice."""
