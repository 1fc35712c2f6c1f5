"""How the packages are put together: settings and opening a house."""
