"""How fast the service is, as ratios to floors measured in the same run (make bench).

Never a test with a stopwatch: times differ from machine to machine and from minute to minute,
ratios of two things done in turn hardly do. What is judged is the median of paired ratios, and
numbers of queries.
"""
