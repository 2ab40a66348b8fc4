"""What the service searches, and what it says of it."""
