"""Answering: the only writer and the only reader of a person's own answers.

A personal link lets a person write; only their return code (or the cookie made
from it) lets anybody read. Everything returned is plain values.
"""
