"""Where requests are computed: here if that is quick, else in processes that can be killed one by one."""

from app.work.cost import Cost
from app.work.job import Done, Elsewhere, Job
from app.work.places import Here, Place, Processes, Threads, server_place

__all__ = ["Cost", "Done", "Elsewhere", "Here", "Job", "Place", "Processes", "Threads", "server_place"]
