"""The Django half: apps cut by what people do, all with the same inside."""
