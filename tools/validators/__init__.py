"""One validator for each export: a program of ``.venv-check`` that prints a line for each problem it finds.

``python tools/validators/NAME.py SITE ADDRESS`` looks at the site in a folder, which is served at an address of this
machine. It asks nothing of the network. ``tools/check_exports.py`` runs them all.
"""
