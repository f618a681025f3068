// Tests load programs, count descriptors and measure: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
