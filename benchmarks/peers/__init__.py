"""This project compared with other retrieval libraries; see `__main__`."""
