"""Drawing: scenes of plain marks, text, fonts, icons and themes, and writers that turn a scene into bytes.

Nothing here knows what a journey is.
"""
