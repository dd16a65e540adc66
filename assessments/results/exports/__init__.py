"""Files made from a stored result.

They read the same figures as the pages and nothing else.
"""
