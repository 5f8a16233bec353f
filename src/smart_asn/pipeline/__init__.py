"""From data to a published site, in this order: execute, source, publish; ``build`` runs ``task_book.py`` with pytask.

Here: ``kernels`` and ``execute`` (a notebook to an executed one), ``weave`` and ``source`` (executed notebooks to
what Jupyter Book builds), ``publish`` (pages, and the swap of the site), ``patches`` (the only place that reaches
into another package's insides). What may come here: steps of the build. The core never imports from here.
"""
