"""The language server: what journeykit knows of a file, as editors ask for it over the Language Server Protocol.

Data goes one way here too: the text in the editor (`analysis`) → what stands at a place (`places`, `references`) →
answers in the protocol's own terms (`diagnostics`, `hovers`, `completing`, `definitions`, `actions`, `symbols`,
`formatting`), which `app` serves.
"""
