"""Tests of the pages of facilitators."""
