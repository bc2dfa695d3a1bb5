using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Bulk;

/// <summary>What became of all of the keys.</summary>
public sealed record BulkReport(BulkKind Kind, IReadOnlyList<BulkOutcome> Outcomes)
{
    /// <summary>Those that stayed as they were.</summary>
    public IReadOnlyList<BulkOutcome> Problems => [.. Outcomes.Where(outcome => outcome.Problem is not null)];

    /// <summary><c>2 of 3 keys were changed.</c></summary>
    public string Summary
    {
        get
        {
            var (done, all) = (Outcomes.Count - Problems.Count, Outcomes.Count);
            var amount = done == all ? Quantity.Format(all, "key") : $"{(done == 0 ? "None" : $"{done}")} of {Quantity.Format(all, "key")}";
            return $"{amount} {(done == 1 ? "was" : "were")} {(Kind is BulkKind.DeleteExpired ? "deleted" : "changed")}.";
        }
    }
}
