namespace PostmanDashboard.Benchmarks.EndToEnd;

/// <summary>Something is missing, or a server didn't do what it was asked to. Its message is for the person who runs the benchmark.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
