"""What facilitators type, as clean values. Forms take what they need, never the request."""
