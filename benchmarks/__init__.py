"""Measurements of the engine beside other implementations: `python3 dev.py bench` writes docs/benchmarks.md.

Separate programs: `trace_requests.py` measures the service's traces per second; `page_steps.py` the cost of a step in
the page; `explanations.py` the time to explain one number of a large network; `steps_located.py` the time to find one
step of millions.
"""
