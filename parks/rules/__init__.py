"""The rules of the domain, each stated once and used by form, admin, import and API.

They need no database: rows come in as objects, findings go out.
"""
