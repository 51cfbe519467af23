"""Networks that were made elsewhere. All become a stack of dense layers (`stack.py`), and that a run (`making.py`)."""
