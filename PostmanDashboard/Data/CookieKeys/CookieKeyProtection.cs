using System.Data;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data.CookieKeys;

/// <summary>
/// Makes sure at the start that no cookie protection key is stored unencrypted once there is a certificate: the framework
/// protects those that it makes from then on, and each lives for 90 days.
/// </summary>
internal sealed class CookieKeyProtection(
    CookieKeyCertificates certificates,
    IDbContextFactory<DashboardDbContext> databases,
    IHostEnvironment environment,
    ILoggerFactory loggers)
{
    /// <summary>As the framework writes it (XmlKeyManager): what is secret in a key, and by what it is replaced.</summary>
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    private readonly ILogger logger = loggers.CreateLogger<CookieKeyProtection>();

    /// <summary>Safe to call at every start, once the database is at its newest migration.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (certificates.Current is { } certificate)
        {
            await EncryptAsync(new CertificateXmlEncryptor(certificate, loggers), cancellationToken);
        }
        else if (!environment.IsDevelopment())
        {
            logger.LogWarning(
                "The keys that protect cookies are stored unencrypted in the database: anyone with a copy of it can sign in as anyone. Set " +
                    "DataProtection:Certificate.");
        }
    }

    private async Task EncryptAsync(CertificateXmlEncryptor encryptor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Overwrites what is replaced: a page that is only marked as free would still hold the key.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"PRAGMA secure_delete = ON", cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var encrypted = 0;
        foreach (var row in await db.DataProtectionKeys.OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            if (row.Xml is not null && TryEncrypt(row.Xml, encryptor, out var xml))
            {
                (row.Xml, encrypted) = (xml, encrypted + 1);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (encrypted > 0)
        {
            logger.LogInformation("Encrypted {Count} of the keys that protect cookies, which were stored unencrypted", encrypted);
        }
    }

    /// <returns>False when nothing in it is unencrypted.</returns>
    private static bool TryEncrypt(string plain, CertificateXmlEncryptor encryptor, out string encrypted)
    {
        var key = XElement.Parse(plain);
        var secrets = key.DescendantsAndSelf().Where(element => (bool?)element.Attribute(Framework + "requiresEncryption") ?? false).ToList();
        foreach (var secret in secrets)
        {
            var result = encryptor.Encrypt(secret);
            secret.ReplaceWith(new XElement(
                Framework + "encryptedSecret",
                new XAttribute("decryptorType", result.DecryptorType.AssemblyQualifiedName!),
                result.EncryptedElement));
        }

        encrypted = key.ToString(SaveOptions.DisableFormatting);
        return secrets.Count > 0;
    }
}
