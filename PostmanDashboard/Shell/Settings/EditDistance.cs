namespace PostmanDashboard.Shell.Settings;

/// <summary>How many letters differ between two words, two that changed places counting as one (Damerau and Levenshtein).</summary>
internal static class EditDistance
{
    public static int Between(string one, string other)
    {
        var distances = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Step(distances, one, other, i, j);
            }
        }

        return distances[one.Length, other.Length];
    }

    private static int Step(int[,] distances, string one, string other, int i, int j)
    {
        var cost = one[i - 1] == other[j - 1] ? 0 : 1;
        var best = Math.Min(distances[i - 1, j - 1] + cost, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
        return swapped ? Math.Min(best, distances[i - 2, j - 2] + 1) : best;
    }
}
