"""The language server: analysis of files for editors, over the Language Server Protocol.

Data goes one way here too: the text in the editor (`desk`, `analysis`, `outline`) → what stands at a place (`places`,
`cursor`, `references`) → answers in the protocol's own terms (`diagnostics`, `hovers`, `completing`, `definitions`,
`actions`, `symbols`, `formatting`), which `app` serves.
"""
