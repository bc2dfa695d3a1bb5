using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A certificate with its private key as a PFX file, in a folder of its own.</summary>
public sealed class PfxFile : IDisposable
{
    public const string Password = "open, sesame";

    private readonly TemporaryFolder folder = new();

    public PfxFile()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cookies", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestClock.Start, TestClock.Start.AddYears(10));
        File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pfx, Password));
    }

    public string Path => System.IO.Path.Combine(folder.Path, "cookies.pfx");

    public void Dispose() => folder.Dispose();
}
