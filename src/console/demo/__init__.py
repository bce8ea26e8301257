"""`gwanje demo`: a simulated district on the wall; headless it acts by itself and measures what came of it.

`command` is its way in. `display` and `script` serve the benchmark too, which must not load the whole console.
"""
