"""The site as it is served: pages that are made when they are asked for, and follow the files."""
