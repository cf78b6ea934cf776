"""The changes of the database's tables from version to version; Alembic runs them by `env.py`.

The store applies missing revisions whenever it is opened. A new revision is a module in `versions`
that names the revision before it. There are no downgrades.
"""
