"""A portfolio of journeys as static web pages: read once, published without what is private, written whole.

Data goes one way: journeys → entries (what all other pages need of a journey) → pages → a folder, or one file.
"""
