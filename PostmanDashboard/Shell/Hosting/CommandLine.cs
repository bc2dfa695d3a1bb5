namespace PostmanDashboard.Shell.Hosting;

/// <summary>What the program was asked to do: one of its words, or none to serve the dashboard. Everything else in the arguments is settings.</summary>
public sealed class CommandLine
{
    public const string Backup = "backup";
    public const string SignInLink = "sign-in-link";

    private const string ShowHelp = "--help";
    private const string ShowVersion = "--version";

    /// <summary>Each word with what follows it, and what it does.</summary>
    private static readonly (string Word, string Operand, string Does)[] Words =
    [
        (Backup, "FILE", "copies the database into FILE, which must not be there yet; the server may be running"),
        (SignInLink, "ADDRESS", "prints an address at which this administrator signs in once, within ten minutes"),
    ];

    private readonly List<string> settings = [];
    private readonly List<string> words = [];
    private string? error;

    private CommandLine()
    {
    }

    /// <summary>Null to serve.</summary>
    public string? Word => words.FirstOrDefault();

    /// <summary>What the word is about: a file, an address. Empty without a word.</summary>
    public string Operand => words.ElementAtOrDefault(1) ?? "";

    public string[] Settings => [.. settings];

    /// <summary>How each word is used, for people.</summary>
    public static string Usage => string.Join(", ", Words.Select(known => $"{known.Word} {known.Operand}"));

    public static CommandLine Parse(string[] args)
    {
        var line = new CommandLine();
        for (var position = 0; position < args.Length; position++)
        {
            position += line.Take(args[position], args.ElementAtOrDefault(position + 1));
        }

        line.error ??= line.CheckWords();
        return line;
    }

    /// <summary>Prints what needs no settings: the help, the version, or why the arguments can't be followed.</summary>
    /// <returns>The exit code; null when there is more to do.</returns>
    public int? Answer()
    {
        if (Word is ShowHelp or ShowVersion)
        {
            Console.WriteLine(Word is ShowHelp ? HelpText() : ProgramVersion.InWords);
            return 0;
        }

        return error is null ? null : StartUp.Refuse(error);
    }

    /// <returns>How many arguments more than the first one were taken.</returns>
    private int Take(string argument, string? next)
    {
        if (argument is ShowHelp or "-h" or "-?" or "help" or ShowVersion)
        {
            words.Insert(0, argument is ShowVersion ? ShowVersion : ShowHelp);
            return 0;
        }

        if (!argument.StartsWith('-') && (words.Count == 1 || !argument.Contains('=', StringComparison.Ordinal)))
        {
            words.Add(argument);
            return 0;
        }

        settings.Add(argument);
        if (argument.Contains('=', StringComparison.Ordinal))
        {
            return 0;
        }

        if (next is null || !argument.StartsWith("--", StringComparison.Ordinal))
        {
            error ??= $"“{argument}” is not a known argument. Write settings like --Storage:Directory=/var/lib/postman, or see --help.";
            return 0;
        }

        settings.Add(next);
        return 1;
    }

    private string? CheckWords()
    {
        if (Word is null or ShowHelp or ShowVersion)
        {
            return null;
        }

        if (!Words.Any(known => known.Word == Word))
        {
            return $"“{Word}” is not a command. Use {Usage}, {ShowHelp} or {ShowVersion}; without a command it serves the dashboard.";
        }

        var usage = Words.Where(known => known.Word == Word).Select(known => $"{known.Word} {known.Operand}").Single();
        return words.Count == 2 ? null : $"“{Word}” takes one argument: {usage}.";
    }

    private static string HelpText() => $"""
        {ProgramVersion.InWords}

        dotnet PostmanDashboard.dll [COMMAND] [--Section:Name=value …]

        Without a command it serves the dashboard until it is stopped.

        {string.Join('\n', Words.Select(known => $"  {$"{known.Word} {known.Operand}",-22} {known.Does}"))}
          {ShowHelp,-22} prints this
          {ShowVersion,-22} prints the version

        Settings come from appsettings.json, appsettings.Production.json, environment variables (Mail__Smtp__Host=…)
        and arguments (--Mail:Smtp:Host=…). Where one is set twice, the later in this order wins.
        """;
}
