"""One module for each way of running: demo, production, test. All begin with base."""
