"""The cluster tried for real: servers made, started, killed and stopped in homes of their own."""
