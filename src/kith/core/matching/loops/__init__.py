"""The loops of matching, as machine code.

They call each other from module to module: `compiled` keeps machine code only as long as no module
here has changed.
"""
