"""The application, layered into rooms.

Imports point down only; import-linter checks it (see pyproject.toml).
"""
