"""Views of the leaders' room, one file a stage of answering.

They reach answers only through `services.answering`, and hold no rule of their own.
"""
