"""Where rows become records of the core, and its results become what pages and actions use."""
