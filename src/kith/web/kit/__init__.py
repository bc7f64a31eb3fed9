"""What every page shares: the frame, the look, the petals and icons, and the pages about kith itself."""
