"""The language server: analysis of files for editors, over the Language Server Protocol.

Data goes one way: the text in the editor (`open_files`, `analysis`, `partial`) → the key, value or reference at an
offset (`lookup`, `cursor`, `references`) → responses of the protocol (`diagnostics`, `hovers`, `completing`, `actions`,
`symbols`, `edits`), which `app` registers.
"""
