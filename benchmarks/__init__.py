"""The figures of the engine, measured side by side with others: `python3 dev.py bench` writes docs/benchmarks.md.

Beside it, and run by itself, `trace_requests.py`: what the service answers a second.
"""
