"""The command line alone, without a house."""
