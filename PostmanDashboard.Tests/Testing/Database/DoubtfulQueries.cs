using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>Lets queries fail in tests that take some rows in no order: in operation they would only be warned of, and take any.</summary>
public static class DoubtfulQueries
{
    public static DbContextOptionsBuilder ThrowOnDoubtfulQueries(this DbContextOptionsBuilder options) => options.ConfigureWarnings(warnings => warnings.Throw(
        CoreEventId.RowLimitingOperationWithoutOrderByWarning,
        CoreEventId.DistinctAfterOrderByWithoutRowLimitingOperatorWarning,
        CoreEventId.FirstWithoutOrderByAndFilterWarning));
}
