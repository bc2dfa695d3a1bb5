using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace PostmanDashboard.Accounts.SignIn.Limits;

/// <summary>
/// The cookie that shows that a browser's user reads a mailbox (OWASP's device cookies): because of an earlier sign-in, or a
/// link. It signs nobody in: it only
/// gives its browser codes that no stranger can use up. Signing out leaves it.
/// </summary>
public sealed class BrowserCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "Postman.Browser";
    private const int IdLength = 16;
    private const int EntryLength = KnownBrowser.MarkLength + sizeof(long);

    private readonly IDataProtector protector = protection.CreateProtector("PostmanDashboard.Accounts.SignIn.BrowserCookie");

    /// <returns>Null for a browser in which nobody has signed in yet, and for a cookie that isn't ours.</returns>
    public KnownBrowser? Read(HttpContext context)
    {
        if (context.Request.Cookies[NameFor(context)] is not { Length: > 0 and < 2048 } value)
        {
            return null;
        }

        try
        {
            return Unpack(protector.Unprotect(WebEncoders.Base64UrlDecode(value)));
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Notes that someone has signed in to this account in this browser.</summary>
    public void Remember(HttpContext context, Account account) =>
        Write(context, (Read(context) ?? KnownBrowser.New()).With(account.Email!, account.SecurityStamp!, clock.GetUtcNow()));

    public void Write(HttpContext context, KnownBrowser browser) =>
        context.Response.Cookies.Append(NameFor(context), WebEncoders.Base64UrlEncode(protector.Protect(Pack(browser))), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = KnownBrowser.Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    /// <remarks>On HTTPS with the prefix that keeps sister subdomains from setting it.</remarks>
    private static string NameFor(HttpContext context) => context.Request.IsHttps ? $"__Host-{Name}" : Name;

    private static byte[] Pack(KnownBrowser browser)
    {
        var packed = new byte[IdLength + (browser.Accounts.Count * EntryLength)];
        browser.Id.TryWriteBytes(packed);
        foreach (var (index, entry) in browser.Accounts.Index())
        {
            var place = packed.AsSpan(IdLength + (index * EntryLength), EntryLength);
            entry.Mark.CopyTo(place);
            BinaryPrimitives.WriteInt64LittleEndian(place[KnownBrowser.MarkLength..], entry.SignedInAt.UtcTicks);
        }

        return packed;
    }

    private static KnownBrowser Unpack(byte[] packed) => new(
        new Guid(packed.AsSpan(0, IdLength)),
        [.. packed.Skip(IdLength).Chunk(EntryLength).Select(entry => new KnownBrowser.Entry(
            entry[..KnownBrowser.MarkLength],
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(KnownBrowser.MarkLength)), TimeSpan.Zero)))]);
}
