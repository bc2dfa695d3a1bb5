using PostmanDashboard.Benchmarks;

return await BenchmarkCommands.RunAsync(args);
