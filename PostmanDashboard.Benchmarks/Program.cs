using BenchmarkDotNet.Running;
using PostmanDashboard.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkDashboard).Assembly).Run(args);
