"""The texts of the site's own pages, one module a language."""
