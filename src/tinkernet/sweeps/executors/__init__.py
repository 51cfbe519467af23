"""What computes the blocks of a sweep: threads, processes, or the workers of a Dask cluster."""
