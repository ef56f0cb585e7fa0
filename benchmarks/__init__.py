"""The figures of the engine, measured side by side with others: `python3 dev.py bench` writes docs/benchmarks.md.

Beside it, and run by themselves: `trace_requests.py`, what the service answers a second; `page_steps.py`, what a step
costs in the page; `explanations.py`, what it takes to explain one number of a large network; `steps_located.py`, to
find one step of millions.
"""
