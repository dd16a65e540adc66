"""The facilitators' room: partnerships, rosters, rounds and results pages.

It never reaches anyone's answers.
"""
