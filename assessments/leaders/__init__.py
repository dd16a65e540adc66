"""The leaders' room: answering and the own profile.

It reaches answers only through the answering service.
"""
