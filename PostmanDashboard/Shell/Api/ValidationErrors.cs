namespace PostmanDashboard.Shell.Api;

/// <summary>Collects what is wrong with a request, so that its sender learns of everything at once.</summary>
public sealed class ValidationErrors
{
    private readonly Dictionary<string, List<string>> byField = [];
    private readonly HashSet<string> codes = [];

    public bool Any => byField.Count > 0;

    /// <param name="field">As the sender writes it.</param>
    /// <param name="message">A sentence for people: what is wrong, or what to send instead.</param>
    /// <param name="code">One of <see cref="ApiProblemCode"/>, where there is one for just this.</param>
    public void Add(string field, string message, string code = ApiProblemCode.ApiValidation)
    {
        if (!byField.TryGetValue(field, out var messages))
        {
            byField[field] = messages = [];
        }

        messages.Add(message);
        codes.Add(code);
    }

    public bool Has(string field) => byField.ContainsKey(field);

    /// <summary>What to answer: a code of its own where all errors are of one kind, and every error by its field.</summary>
    public ApiProblem ToProblem(int status = StatusCodes.Status400BadRequest) =>
        ApiProblem.Create(status, codes.Count == 1 ? codes.Single() : ApiProblemCode.ApiValidation, Summary()) with
        {
            Errors = byField.ToDictionary(field => field.Key, field => (IReadOnlyList<string>)field.Value),
        };

    private string Summary() => byField.Values.SelectMany(messages => messages).ToList() switch
    {
        [var only] => only,
        _ => $"Several fields are invalid: {string.Join(", ", byField.Keys)}. See errors for details.",
    };
}
