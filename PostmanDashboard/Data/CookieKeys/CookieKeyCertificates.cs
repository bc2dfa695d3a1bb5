using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostmanDashboard.Data.CookieKeys;

/// <summary>The certificates of <see cref="CookieKeyOptions"/>, loaded, or why that was not possible.</summary>
/// <param name="Current">What new keys are protected with. Null where no certificate is set.</param>
/// <param name="Previous">What older keys may have been protected with.</param>
/// <param name="Problem">A sentence that names the setting. Null when all is well.</param>
internal sealed record CookieKeyCertificates(X509Certificate2? Current, IReadOnlyList<X509Certificate2> Previous, string? Problem)
{
    private const int ThumbprintLength = 40;

    /// <param name="folder">From which paths of files begin.</param>
    public static CookieKeyCertificates Load(CookieKeyOptions options, string folder)
    {
        try
        {
            var current = Load(options, CookieKeyOptions.Section, folder);
            var previous = options.Previous.Select((source, index) =>
                Load(source, $"{CookieKeyOptions.Section}:{nameof(CookieKeyOptions.Previous)}:{index}", folder));
            return new CookieKeyCertificates(current, [.. previous.OfType<X509Certificate2>()], Problem: null);
        }
        catch (UnusableCertificateException unusable)
        {
            return new CookieKeyCertificates(null, [], unusable.Message);
        }
    }

    private static X509Certificate2? Load(CertificateSource source, string section, string folder)
    {
        var setting = $"{section}:{nameof(CertificateSource.Certificate)}";
        if (string.IsNullOrWhiteSpace(source.Certificate))
        {
            return source.Password is null
                ? null
                : throw new UnusableCertificateException(
                    $"{section}:{nameof(CertificateSource.Password)} is set, and {setting} isn't. Name the PFX file that it opens.");
        }

        var name = source.Certificate.Trim();
        var certificate = name.Length == ThumbprintLength && name.All(char.IsAsciiHexDigit)
            ? FindInStore(name, setting)
            : LoadFile(Path.GetFullPath(name, folder), source.Password, setting);
        using var key = certificate.GetRSAPrivateKey();
        return key is null
            ? throw new UnusableCertificateException($"{setting} is {name}, which has no private RSA key. Use a certificate with one.")
            : certificate;
    }

    private static X509Certificate2 LoadFile(string file, string? password, string setting)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableCertificateException(File.Exists(file)
                ? $"{setting} is {file}, which can't be opened as a PFX file with the password in {setting[..setting.LastIndexOf(':')]}:Password: " +
                    $"{failure.Message}"
                : $"{setting} is {file}, and there is no such file. Name a PFX file, or the thumbprint of a certificate in the store.");
        }
    }

    private static X509Certificate2 FindInStore(string thumbprint, string setting)
    {
        foreach (var location in (StoreLocation[])[StoreLocation.CurrentUser, StoreLocation.LocalMachine])
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // There is no such store on this machine.
                continue;
            }

            if (store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false) is [var found, ..])
            {
                return found;
            }
        }

        throw new UnusableCertificateException($"{setting} is the thumbprint {thumbprint}, and no certificate in this user's or this machine's store has it.");
    }

    private sealed class UnusableCertificateException(string message) : Exception(message);
}
