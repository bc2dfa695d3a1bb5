using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Data.Storage;

/// <summary>Where the process keeps what it writes.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>A folder, absolute or under the content root. It is made when it is missing.</summary>
    [Required(ErrorMessage = "Storage:Directory is empty. Set it to a folder that the dashboard may write to.")]
    public required string Directory { get; set; }
}
