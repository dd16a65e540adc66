"""Tests of the measures: plain arrays in, plain values out, mirroring ``assessments/measures``.

They may touch the measures and nothing else: no database, no Django.
"""
