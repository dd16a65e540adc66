"""The demo's invented partnerships."""
