"""The pages of facilitators, one module a thing: fetch scoped, ask permission, render."""
