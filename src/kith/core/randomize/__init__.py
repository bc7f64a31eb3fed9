"""Who is drawn into what: the mechanisms, and the law by which each draw came."""
