"""A house that lives, is cut off at any moment, and must come out whole."""
