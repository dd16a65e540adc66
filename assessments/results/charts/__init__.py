"""Drawings of a result: plain values in, SVG or a Plotly figure out.

Each chart has one frozen description that every drawing of it is made from, so
that two drawings cannot disagree. Nothing here knows a model, a request or a
colour: colours come from classes in `static/css/charts.css`.
"""
