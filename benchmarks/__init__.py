"""What the house can do, measured beside what the machine can do."""
