namespace PostmanDashboard.Data.CookieKeys;

/// <summary>What protects the keys that protect cookies: they are in the database, and anyone who can read them can sign in as anyone.</summary>
public sealed class CookieKeyOptions : CertificateSource
{
    public const string Section = "DataProtection";

    /// <summary>Certificates that were used before. Keys that they protected can still be read; none is protected with them any more.</summary>
    public IList<CertificateSource> Previous { get; } = [];
}

/// <summary>Where a certificate with its private key (RSA) is found.</summary>
public class CertificateSource
{
    /// <summary>The path of a PFX file, from the folder of the program on, or a thumbprint of 40 hexadecimal digits in the user's
    /// or the machine's store. Null: none.</summary>
    public string? Certificate { get; set; }

    /// <summary>Of the PFX file. Null where it has none.</summary>
    public string? Password { get; set; }
}
