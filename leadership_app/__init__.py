"""The project: settings, URL table and server entry points.

It wires the rooms of `assessments` together and holds no rule of the product.
"""
