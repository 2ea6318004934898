"""The SPARQL engine, kept in limited processes away from whoever asks.

``launch`` starts the processes of one release, ``Engine`` asks them::

    asking process ── broker ── zygote ── worker, worker, …
           └───────── results ─────────────┘

The broker hands out workers and ends those that take too long; the zygote loads the dataset once
and forks workers, which can open neither files nor sockets.
"""
