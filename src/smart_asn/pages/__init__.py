"""What a page of the site is: its Sphinx builder, frame, search, citation, editions; and the browser that checks it."""
