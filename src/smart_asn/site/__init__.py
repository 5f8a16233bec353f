"""What a page of the site is, beyond its chapter: Sphinx extension, frame, search, citation, editions, root pages.

Here: ``extension`` (what Sphinx calls), ``html`` (pure functions on a page's HTML), ``search``, ``references``,
``citation``, ``editions``, ``front`` (what stands beside the editions). Templates, style sheet and scripts are in
``book/``. What may come here: what every page has. What one chapter shows is a table, a figure or its notebook.
"""
