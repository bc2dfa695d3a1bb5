using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A certificate for localhost that nobody trusts, as PEM files in a folder of its own.</summary>
public sealed class SmtpCertificate : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmtpCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(key);
        Thumbprint = certificate.Thumbprint;
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public string Thumbprint { get; }

    /// <summary>A process that finds this file in <c>SSL_CERT_FILE</c> trusts the certificate.</summary>
    public string CertificateFile => Path.Combine(folder.Path, "certificate.pem");

    public string KeyFile => Path.Combine(folder.Path, "key.pem");

    /// <returns>With its key, in the form that every system's TLS takes for a server.</returns>
    public X509Certificate2 Load()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    public void Dispose() => folder.Dispose();

    private static X509Certificate2 Sign(ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        // The real time: TLS compares it with the machine's clock.
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
