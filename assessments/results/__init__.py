"""Everything after the door: reading a stored result, charts and exports.

It only reads and draws, and cannot import the models that hold answers.
"""
