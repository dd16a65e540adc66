"""Every write, one business act a function.

The only room that may touch the models that hold answers; it knows no request, form or message.
"""
