using System.Security.Cryptography;
using System.Text;

namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>Distinguishes the calls with which this process tests a key from those of programs: only the latter count as use.</summary>
/// <remarks>Known to nobody outside the process and new at every start, so that no program can call without leaving a trace.</remarks>
public sealed class SelfCallMarker
{
    internal const string Header = "Postman-Trial";

    private readonly string secret = RandomNumberGenerator.GetHexString(64);

    public void AddTo(HttpRequestMessage call) => call.Headers.Add(Header, secret);

    public bool IsOn(HttpRequest call) => call.Headers.TryGetValue(Header, out var sent)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.ToString()), Encoding.UTF8.GetBytes(secret));
}
