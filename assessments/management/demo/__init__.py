"""Invented partnerships for the demo, told through the same services as real use.

It draws people and answers from seeded generators and writes no row itself.
"""
