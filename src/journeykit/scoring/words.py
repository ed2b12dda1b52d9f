"""Scores in words."""


def word(score: float) -> str:
    """A score of 0..100 in a word: poor below 40, mixed below 60, good below 80, else excellent."""
    score = round(score, 6)
    return "poor" if score < 40 else "mixed" if score < 60 else "good" if score < 80 else "excellent"
