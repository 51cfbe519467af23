"""The gallery: pictures made of very many runs, and what is computed for them.

`trainability.py` has the problem of the edge of trainability, `edge_reference.py` its values as on a board, `edge.py`
the same by the compiled engine, `edge_image.py` whole images in parts, and `edge_picture.py` draws them. `exhibits/`
has a module for each picture of docs/map-gallery.md.
"""
