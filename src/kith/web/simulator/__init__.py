"""A design tried on a made-up town: asked for here, lived in the background, drawn by the core."""
