"""The editors' room: the content of the checklist, and Django's admin.

A published edition is only ever read here.
"""
