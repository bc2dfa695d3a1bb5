using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PostmanDashboard.Data.Storage;

/// <summary>Who owns a file, and whether this process may write it: which .NET doesn't say. Works on Linux; elsewhere nothing is known.</summary>
internal static class FileOwnership
{
    private const int WriteAccess = 2;
    private const int CurrentFolder = -100;
    private const uint OwnerWanted = 0x8;

    // struct statx is the same on every processor: stx_uid is at byte 20.
    private const int SizeOfStatx = 256;
    private const int OwnerOffset = 20;

    /// <summary>As whom this process runs: a name, or a number where the machine has no name for it, as in many containers.</summary>
    public static string ThisUser =>
        Environment.UserName is { Length: > 0 } name ? name : Ask(() => (int)EffectiveUser(), unknown: -1).ToString(CultureInfo.InvariantCulture);

    /// <summary>True also where it isn't known.</summary>
    public static bool MayWrite(string path) => !OperatingSystem.IsLinux() || Ask(() => Access(path, WriteAccess), unknown: 0) == 0;

    /// <returns>A name, or a number where the machine has no name for it; null where it isn't known.</returns>
    public static string? OwnerOf(string path)
    {
        var answer = new byte[SizeOfStatx];
        if (!OperatingSystem.IsLinux() || Ask(() => Statx(CurrentFolder, path, 0, OwnerWanted, answer), unknown: -1) != 0)
        {
            return null;
        }

        var id = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OwnerOffset)).ToString(CultureInfo.InvariantCulture);
        return NameOf(id) ?? id;
    }

    private static string? NameOf(string id) => File.Exists("/etc/passwd")
        ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == id)?[0]
        : null;

    private static int Ask(Func<int> question, int unknown)
    {
        try
        {
            return question();
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return unknown;
        }
    }

    [DllImport("libc", EntryPoint = "access")]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] answer);
}
