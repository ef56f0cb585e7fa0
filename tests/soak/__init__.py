"""Proofs that the service stays up and loses nothing: short in the tests, long with `python3 dev.py soak`.

Each proof measures a real server, or the app itself, and raises AssertionError where the claim does not hold. Its test
also runs it against a deliberately broken twin of the service, which it must notice.
"""
