"""The form of an instrument: fields, the scale's template, the preview.

Whoever shows an instrument uses it. It never touches anyone's answers.
"""
