"""Tests, mirroring the code; journeys/ drives a real browser, attacks/ plays the adversary."""
