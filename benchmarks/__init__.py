"""The same work on this solver and on its peers, judged by the independent audit."""
