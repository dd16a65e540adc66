"""The public room: home, guide, promises, sign-in pages and error pages.

Anyone may read it; it writes nothing.
"""
