"""The routes, in a module for each function that serves some of them."""
