"""Commands that an operator or the Makefile runs.

They call services and write nothing themselves.
"""
