using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>The SHA-256 of a token, by value: what a key is found by without anything on the heap.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenHash
{
    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    public static TokenHash Of(ApiKeyToken token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        token.WriteHash(hash);
        return From(hash);
    }

    /// <exception cref="ArgumentOutOfRangeException">It isn't 32 bytes long.</exception>
    public static TokenHash From(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, SHA256.HashSizeInBytes);
        return MemoryMarshal.Read<TokenHash>(hash);
    }

    /// <summary>As it is stored: 32 bytes.</summary>
    public byte[] ToArray() => MemoryMarshal.AsBytes(new ReadOnlySpan<TokenHash>(in this)).ToArray();

    /// <remarks>Any part of a hash is as good a hash code as all of it.</remarks>
    public override int GetHashCode() => first.GetHashCode();
}
