"""Every step from an empty database to the schema of this version, in order. _upgrade.py runs them."""
