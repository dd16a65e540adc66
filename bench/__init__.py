"""Benchmarks. They print seconds and, above all, ratios within one run, and assert nothing.

`make bench` runs them on both databases.
"""
