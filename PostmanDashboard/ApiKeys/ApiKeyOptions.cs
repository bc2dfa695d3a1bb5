using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.ApiKeys;

public sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>How many live keys an account may have at a time.</summary>
    [Range(1, 10_000, ErrorMessage = "ApiKeys:MaxPerAccount must be from 1 to 10000.")]
    public int MaxPerAccount { get; set; }
}
