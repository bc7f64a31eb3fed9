"""A study is a document: read, explained, locked by its hash before the first person joins."""
