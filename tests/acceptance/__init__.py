"""The house as its people use it: by commands, on real files."""
