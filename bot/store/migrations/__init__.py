"""How the database's tables changed from version to version, for Alembic, which runs `env.py`.

The store runs what is missing whenever it is opened. A new revision is a module in `versions`
that names the one before it; tables only ever move forward.
"""
