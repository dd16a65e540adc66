"""Pure arithmetic on arrays of answers: scores, spread, agreement, readings, disclosure, change.

Nothing here may import Django or another room of ours; numpy, networkx and scipy are allowed.
"""
